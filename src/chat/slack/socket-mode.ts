import { setTimeout as pause } from 'node:timers/promises';
import { type App, SocketModeReceiver } from '@slack/bolt';
import type { ChatTools } from '../tools.ts';
import { boltLogger, type CallTools, clientOptions } from './clients.ts';
import { explain, refusalOf } from './explain.ts';

interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl: string;
}

type SocketTools = Pick<ChatTools, 'log' | 'alert' | 'onCall'>;

/** Slack gives each request to one of them, so that while one is renewed nothing is missed. https://docs.slack.dev/apis/events-api/using-socket-mode */
const ears = 2;
const longestGreetingMs = 20_000;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** What Slack refuses it may take once an administrator did something. */
const refusedPauseMs = 5 * 60_000;

/** Listens to Slack over WebSockets of our own making, for ever, whatever becomes of them. */
export function listenOverSockets(app: App, options: SocketOptions, tools: SocketTools): { close(): void } {
  const stop = new AbortController();
  const ear = { ...tools, tell: tellOnce(tools), signal: stop.signal };
  for (let count = 0; count < ears; count += 1) void keepListening(app, options, ear);
  return { close: () => stop.abort() };
}

interface Ear extends CallTools {
  readonly tell: ReturnType<typeof tellOnce>;
  readonly signal: AbortSignal;
}

async function keepListening(app: App, options: SocketOptions, ear: Ear): Promise<void> {
  let failures = 0;
  while (!ear.signal.aborted) {
    try {
      await listenOnce(app, options, ear);
      failures = 0;
    } catch (thrown) {
      failures += 1;
      await ear.tell.trouble(thrown);
      await orStopped(pause(pauseAfter(failures, thrown), undefined, { signal: ear.signal }));
    }
  }
}

/**
 * Until the connection ends. The library's own way of connecting anew is not used: it waits five seconds although Slack
 * said beforehand that the connection would end, gives up for good after some errors, and then rejects where nobody listens.
 */
async function listenOnce(
  app: App,
  { appToken, apiUrl }: SocketOptions,
  { tell, signal, ...tools }: Ear,
): Promise<void> {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: boltLogger(tools.log),
    installerOptions: { clientOptions: clientOptions(apiUrl, tools) },
  });
  receiver.init(app);
  const { client } = receiver;
  const ended = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
  const hangUp = () => void client.disconnect();
  signal.addEventListener('abort', hangUp, { once: true });

  try {
    await greeted(client.start(), hangUp);
    tell.success('Slack is connected.');
    await ended;
  } finally {
    signal.removeEventListener('abort', hangUp);
  }
}

/** A connection over which Slack says nothing at all is given up. */
async function greeted(starting: Promise<unknown>, hangUp: () => void): Promise<void> {
  const timer = setTimeout(hangUp, longestGreetingMs);
  try {
    await starting;
  } catch (thrown) {
    throw thrown ?? new Error('the connection ended before Slack had said a word'); // The library rejects with nothing.
  } finally {
    clearTimeout(timer);
  }
}

function pauseAfter(failures: number, thrown: unknown): number {
  if (refusalOf(thrown) !== undefined) return refusedPauseMs;
  return Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
}

async function orStopped(pausing: Promise<void>): Promise<void> {
  try {
    await pausing;
  } catch (thrown) {
    if (!(thrown instanceof Error && thrown.name === 'AbortError')) throw thrown;
  }
}

/** Says what changed, not what goes on as it was. What Slack refuses waits for a person, and is said in other chats, too. */
function tellOnce({ log, alert }: SocketTools) {
  let said = '';
  const isNews = (sentence: string) => {
    const isNew = sentence !== said;
    said = sentence;
    return isNew;
  };
  return {
    success(sentence: string): void {
      if (isNews(sentence)) log.info(sentence);
    },
    async trouble(thrown: unknown): Promise<void> {
      const problem = `${explain('listen to Slack', thrown).message} It is tried again.`;
      if (!isNews(problem)) return;
      if (refusalOf(thrown) === undefined) log.warn(problem);
      else await alert({ platform: 'slack', problem });
    },
  };
}
