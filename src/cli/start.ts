import { createInterface } from 'node:readline';
import { type ConsolePlatform, consolePlatform, type Frame } from '../chat/console.ts';
import { serveConsole } from '../chat/console-socket.ts';
import { showOn } from '../chat/terminal.ts';
import { terminalChannel } from '../chat/terminal-channel.ts';
import { unheardFailures } from '../config/doubts/unheard-failures.ts';
import { doubtsAbout } from '../config/doubts.ts';
import { type BotPart, botPart } from '../config/parts.ts';
import { readConfig } from '../config/read.ts';
import type { Running } from '../queue/queue.ts';
import { isEmbedded } from '../store/options.ts';
import type { ExitCode } from './exit.ts';
import { openProduct, orClose, type Parts } from './product.ts';
import { socketPath } from './socket-path.ts';
import { everyWorker, workerOf } from './workers-here.ts';

interface Options {
  readonly config: string;
  readonly group?: string;
  readonly aliveFile?: string;
}

/** Bot and worker in one process. On the embedded queue, `say` finds it through a socket in the queue's folder. */
export async function startBoth({ config: file, group }: Options): Promise<ExitCode> {
  const config = readConfig(file, process.env);
  const bot = botPart(config);
  const embedded = isEmbedded(bot.queue);
  const workers =
    embedded && group === undefined ? everyWorker(config) : [workerOf(config, group ?? 'default')];

  const doubts = [
    ...doubtsAbout(config, [bot, ...workers.map((worker) => worker.config)]),
    ...unheardFailures(config.value),
  ];

  const console = consolePlatform();
  const show = showOn(process.stdout, bot.timezone);
  const product = await openProduct({ bot: withChats(bot, console, show), workers, doubts, http: bot.http });
  const sockets = embedded
    ? [await orClose(product, () => serveConsole(console, socketPath(bot.queue)))]
    : [];
  product.log.info(`Holdfast is ready. Ask it something: holdfast say '/backup help'`);
  return untilStopped([...talkOn(console, show), ...sockets, product]);
}

/** The bot without a worker. */
export async function startBot({ config: file, aliveFile }: Options): Promise<ExitCode> {
  const config = readConfig(file, process.env);
  const bot = botPart(config);
  const doubts = [...doubtsAbout(config, [bot]), ...unheardFailures(config.value)];
  const console = consolePlatform();
  const show = showOn(process.stdout, bot.timezone);
  const parts = { bot: withChats(bot, console, show), workers: [], aliveFile, doubts, http: bot.http };
  const product = await openProduct(parts);
  product.log.info('The bot is ready.');
  return untilStopped([...talkOn(console, show), product]);
}

/** A worker without the bot. */
export async function startWorker({
  config: file,
  group = 'default',
  aliveFile,
}: Options): Promise<ExitCode> {
  const config = readConfig(file, process.env);
  const worker = workerOf(config, group);
  const doubts = doubtsAbout(config, [worker.config]);
  const { http } = worker.config;
  return untilStopped([await openProduct({ workers: [worker], aliveFile, doubts, http })]);
}

type Show = (frame: Frame) => void;

/** A bot in all the chats of the configuration, and on the terminal. */
function withChats(config: BotPart, console: ConsolePlatform, show: Show): NonNullable<Parts['bot']> {
  return {
    config,
    async platforms(tools) {
      const { openPlatforms } = await import('../chat/registry.ts'); // A worker has no use for it.
      return [console, terminalChannel(show), ...openPlatforms(config.chat, tools)];
    },
  };
}

/** Whoever started it at a terminal can talk to it right there. */
function talkOn(console: ConsolePlatform, show: Show): Running[] {
  if (!process.stdin.isTTY) return [];

  const who = { id: `console:${process.env.USER ?? 'me'}`, groups: [] };
  const session = console.open(who, show);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => void (line.trim() !== '' && session.say(line)));
  return [
    {
      async close() {
        session.leave();
        lines.close();
      },
    },
  ];
}

const stopSignals = ['SIGTERM', 'SIGINT'] as const;

/** Waits for a signal and closes everything in order; a second signal does not wait for what is in hand. */
async function untilStopped(parts: readonly Running[]): Promise<ExitCode> {
  await new Promise<void>((stop) => {
    for (const signal of stopSignals) process.once(signal, () => stop());
  });
  for (const signal of stopSignals) process.on(signal, () => process.exit(1));
  for (const part of parts) await part.close();
  return 0;
}
