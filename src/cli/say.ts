import { setTimeout as pause } from 'node:timers/promises';
import { consolePlatform, type Frame } from '../chat/console.ts';
import { visitConsole } from '../chat/console-socket.ts';
import { showOn } from '../chat/terminal.ts';
import { botPart } from '../config/parts.ts';
import { readConfig } from '../config/read.ts';
import { exitCodeOf } from '../domain/exit-code.ts';
import type { Report } from '../domain/report.ts';
import { PersonId, type Who } from '../domain/who.ts';
import { isEmbedded } from '../store/options.ts';
import { StoreInUse } from '../store/store.ts';
import type { ExitCode } from './exit.ts';
import { openProduct, type Parts } from './product.ts';
import { savePicture } from './save-picture.ts';
import { socketPath } from './socket-path.ts';
import { everyWorker } from './workers-here.ts';

interface Options {
  readonly config: string;
  readonly as: string;
  readonly json?: boolean;
  /** Where to write the picture of the answer. */
  readonly picture?: string;
}

/**
 * Says words as a chat would and shows what comes back until everything has had its last word. On the embedded queue it
 * asks the Holdfast that has it open, or opens it itself, workers and all.
 */
export async function say(
  words: string,
  { config: file, as, json = false, picture }: Options,
): Promise<ExitCode> {
  if (!PersonId.safeParse(as).success) return notAPerson(as);
  const config = readConfig(file, process.env);
  const bot = botPart(config);
  const who: Who = { id: as, groups: [] };
  const print = json ? printFacts : showOn(process.stdout, bot.timezone);
  const told: Report[] = [];
  const show = (frame: Frame) => {
    print(frame);
    if (frame.message.report) told.push(frame.message.report);
  };

  if (isEmbedded(bot.queue)) {
    const visit = () => visitConsole(socketPath(bot.queue), { who, words }, show);
    await sayOnEmbedded(visit, () => sayHere(words, who, show, { bot, workers: everyWorker(config) }));
  } else await sayHere(words, who, show, { bot, workers: [] });
  if (picture !== undefined) await savePicture(told, picture);
  return worstOf(told);
}

const tries = 60;
const pauseInMs = 250;

/** Who has it open may be about to listen, or to end: nothing was said by then. @throws {StoreInUse} after half a minute */
async function sayOnEmbedded(visit: () => Promise<boolean>, sayThere: () => Promise<void>): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    if (await visit()) return;
    try {
      return await sayThere();
    } catch (thrown) {
      if (!(thrown instanceof StoreInUse) || tried === tries) throw thrown;
      // Not all at once: two that lock in the same instant may both be refused.
      await pause(pauseInMs + Math.random() * 2 * pauseInMs);
    }
  }
}

function notAPerson(as: string): ExitCode {
  process.stderr.write(`"${as}" is nobody's id: --as takes one such as console:me or slack:T1/U1.\n`);
  return 2;
}

function printFacts({ message }: Frame): void {
  if (message.report) process.stdout.write(`${JSON.stringify(message.report)}\n`);
}

function worstOf(told: readonly Report[]): ExitCode {
  return Math.max(0, ...told.map(exitCodeOf)) as ExitCode;
}

async function sayHere(
  words: string,
  who: Who,
  show: (frame: Frame) => void,
  { bot, workers }: { bot: ReturnType<typeof botPart>; workers: Parts['workers'] },
): Promise<void> {
  const console = consolePlatform();
  const product = await openProduct({
    bot: { config: bot, platforms: () => [console] },
    workers,
    logLevel: 'warn',
  });
  try {
    await console.open(who, show).say(words);
  } finally {
    await product.close();
  }
}
