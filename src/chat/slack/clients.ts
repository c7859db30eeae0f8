import { type Logger, LogLevel, webApi } from '@slack/bolt';
import type { ChatLog, ChatTools } from '../tools.ts';
import { countedFetch } from './counted-fetch.ts';

/** Whom to ask, and with which token. */
export interface Access {
  readonly token: string;
  readonly apiUrl: string;
}

// A call that Slack has not answered by then may have been carried out all the same.
const timeoutMs = 10_000;
const frameTimeoutMs = 3_000;

/** Who hears what becomes of calls. */
export type CallTools = Pick<ChatTools, 'log' | 'onCall'>;

/** Two ways to Slack's Web API. */
export interface Clients {
  /** For all that has to arrive. */
  readonly web: webApi.WebClient;
  /** For progress: gives up soon, since there is always a next frame. */
  readonly frames: webApi.WebClient;
}

export function openClients(access: Access, tools: CallTools): Clients {
  return { web: client(access, timeoutMs, tools), frames: client(access, frameTimeoutMs, tools) };
}

/** Neither waits nor tries again by itself: on a 429 a client that does would hold up every other call it has. */
function client({ token, apiUrl }: Access, timeout: number, tools: CallTools): webApi.WebClient {
  return new webApi.WebClient(token, { ...clientOptions(apiUrl, tools), timeout });
}

/** A new object each time: Bolt and the clients write into what they are given. */
export function clientOptions(apiUrl: string, { log, onCall }: CallTools): webApi.WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    logger: boltLogger(log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    fetch: countedFetch(onCall),
  };
}

/** What Slack's libraries say is for those who look closely; what matters we say ourselves, in words. */
export function boltLogger(log: ChatLog): Logger {
  const say = (...said: unknown[]) => log.debug(`Slack: ${said.map(String).join(' ')}`);
  return {
    debug: () => {},
    info: say,
    warn: say,
    error: say,
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
