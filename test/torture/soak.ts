import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startInspection } from './inspection.ts';
import type { Kept } from './kept-running.ts';
import { openQuiet } from './quiet.ts';
import { makeWorld } from './world.ts';

/*
 * A run every few seconds for half an hour, with nothing going wrong: what a bot and a worker take of the machine, minute by minute.
 * It has to stay where it is.
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, every: { type: 'string', default: '5' } },
});

const folder = await mkdtemp(join(tmpdir(), 'holdfast-soak-'));
const scratch = join(folder, 'looked-into');
await mkdir(scratch);
const world = await makeWorld(folder);
const quiet = await openQuiet(world);
const inspection = startInspection(world, scratch);
const broken: string[] = [];
say('minute | runs | bot: RSS, descriptors, lag p99 | worker: RSS, descriptors, lag p99');
for (let minute = 1; minute <= Number(values.minutes); minute++) {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    world.chat.ask();
    await Promise.all([quiet.settled(), pause(Number(values.every) * 1000)]);
    broken.push(...(await inspection.look()));
    await inspection.makeRoom();
  }
  const rows = await Promise.all([world.bot, ...world.workers].map(measure));
  say([minute, world.chat.told().length, ...rows].join(' | '));
}
for (const one of broken) say(`✖ ${one}`);
await quiet.close();
await world.end();
await rm(folder, { recursive: true, force: true });
process.exit(broken.length === 0 ? 0 : 1);

async function measure(kept: Kept): Promise<string> {
  const status = await readFile(`/proc/${kept.pid()}/status`, 'utf8');
  const rssInMiB = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
  const descriptors = (await readdir(`/proc/${kept.pid()}/fd`)).length;
  return `${rssInMiB.toFixed(0)} MiB, ${descriptors}, ${lagOf(kept)} ms`;
}

/** What the process last said of its event loop. */
function lagOf(kept: Kept): string {
  const words = kept.log().findLast((line) => line.includes('The event loop was late'));
  return /p99 (\d+) ms/.exec(words ?? '')?.[1] ?? '?';
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
