import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Random } from '../../bench/seeded.ts';
import { killDumpersOf } from './dumpers.ts';
import type { Kept } from './kept-running.ts';
import { torturePace } from './pace.ts';
import { onTheWay, operations } from './way-to-s3.ts';
import type { World } from './world.ts';

/** Puts right what was broken. */
type Heal = () => Promise<void>;

type Strike = (world: World, random: Random) => Promise<Heal>;

/** What may happen in the middle of a run, by name. */
export const faults = {
  'nothing at all': async () => healed,
  'a worker is killed': async ({ workers }, random) => killed(one(workers, random)),
  'both workers are killed': async ({ workers }) => {
    const heals = await Promise.all(workers.map(killed));
    return async () => void (await Promise.all(heals.map((heal) => heal())));
  },
  'a worker is frozen until its run was given to another': async ({ workers }, random) => {
    const pid = one(workers, random).pid();
    process.kill(pid, 'SIGSTOP');
    await pause(torturePace.lockMs + 2 * torturePace.stalledCheckMs);
    process.kill(pid, 'SIGCONT');
    return healed;
  },
  'the bot is killed': async ({ bot }) => killed(bot),
  'the dumper is killed': async ({ workers }) => {
    await until(() => killDumpersOf(workers.map((worker) => worker.pid())));
    return healed;
  },
  'the database ends the connection of the dumper': async ({ mariadb, bank }) => {
    const connection = await createConnection({ ...mariadb.root });
    await until(async () => {
      const [clients] = await connection.query<RowDataPacket[]>(
        'SELECT id FROM information_schema.PROCESSLIST WHERE user = ? AND info LIKE ?',
        [bank.place.user, '%SQL_NO_CACHE%'],
      );
      for (const { id } of clients) await connection.query('KILL CONNECTION ?', [id]).catch(goneAlready);
      return clients.length > 0;
    });
    await connection.end();
    return healed;
  },
  'Redis is restarted': async ({ redis }, random) => {
    await redis.pause();
    await pause(random() * 1500);
    await redis.resume();
    return healed;
  },
  'Redis is away for longer than a run is held': async ({ redis }) => {
    await redis.pause();
    await pause(torturePace.lockMs + 1500);
    await redis.resume();
    return healed;
  },
  'Redis comes back without its data': async ({ redis, chat, forgotten }) => {
    await redis.pause();
    await rm(join(redis.place.folder, 'appendonlydir'), { recursive: true, force: true });
    await redis.resume();
    await until(async () => chat.untold().length === 0, forgetfulMs);
    for (const runId of chat.untold()) forgotten.add(runId);
    return healed;
  },
  'S3 is restarted': async ({ ceph }) => {
    await ceph.pause();
    await ceph.resume();
    return healed;
  },
  'the way to S3 is bad': async ({ proxy }, random) => {
    const times = 1 + Math.floor(random() * 6);
    proxy.break(one(operations, random), one(onTheWay, random), times);
    return async () => proxy.heal();
  },
  'the disk is full': async ({ disk, diskIsSmall }, random) => {
    if (!diskIsSmall) return healed;
    const ballast = join(disk, 'ballast');
    const { stdout } = await execa('df', ['--output=avail', '-B1', disk]);
    const free = Number(stdout.split('\n')[1]);
    await writeFile(ballast, Buffer.alloc(Math.floor(free * (0.96 + random() * 0.04)))).catch(fullAlready);
    return () => rm(ballast, { force: true });
  },
  'the clock of a process jumps': async ({ bot, workers }, random) =>
    jumped([one([bot, ...workers], random)], random),
  'all clocks jump': async ({ bot, workers }, random) => jumped([bot, ...workers], random),
  'twenty ask at once': async ({ chat }) => {
    chat.ask(20);
    return healed;
  },
  'the run is cancelled': async ({ chat }) => {
    await until(async () => chat.cancel());
    return healed;
  },
  'old backups are cleaned away': async ({ chat }) => {
    await chat.clean();
    return healed;
  },
} as const satisfies Readonly<Record<string, Strike>>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[]; // Its keys are what the type says.

/**
 * Happens only where nothing else does: what a worker that was killed has left is written down in Redis, and nowhere else.
 */
export const comesAlone: ReadonlySet<FaultName> = new Set(['Redis comes back without its data']);

/** After so long a run that Redis knows nothing of is told, or never will be. */
const forgetfulMs = 20_000;

const minute = 60_000;
const jumpsMs = [1, -1].flatMap((way) => [2, 20, 3 * 60, 26 * 60].map((minutes) => way * minutes * minute));

/** Looks again and again for a while; what never comes has been missed. */
async function until(isSo: () => Promise<boolean>, patienceMs = 3000): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await pause(5)) if (await isSo()) return;
}

async function healed(): Promise<void> {}

async function killed(kept: Kept): Promise<Heal> {
  await kept.kill();
  return () => kept.start();
}

async function jumped(kept: readonly Kept[], random: Random): Promise<Heal> {
  const aheadInMs = one(jumpsMs, random);
  await Promise.all(kept.map((one) => one.setClock(aheadInMs)));
  return async () => void (await Promise.all(kept.map((one) => one.setClock(0))));
}

function one<T>(things: readonly T[], random: Random): T {
  const thing = things[Math.floor(random() * things.length)];
  if (thing === undefined) throw new Error('There is nothing to choose from.');
  return thing;
}

/** A client that left a moment ago. */
function goneAlready(): void {}

/** What fits is there. */
function fullAlready(): void {}
