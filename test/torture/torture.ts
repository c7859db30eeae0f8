import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Random, seeded } from '../../bench/seeded.ts';
import { comesAlone, type FaultName, faultNames, faults } from './faults.ts';
import { startInspection } from './inspection.ts';
import { openQuiet } from './quiet.ts';
import { makeWorld, type World } from './world.ts';

export interface Plan {
  readonly seed: number;
  /** How often a backup is asked for. */
  readonly runs: number;
  /** Left out: all of them. */
  readonly only?: readonly FaultName[];
  say(sentence: string): void;
  /** Ends it after the run that goes on. */
  readonly enough?: AbortSignal;
}

export interface Figures {
  readonly runs: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly cleans: number;
  /** Backups that went with them. */
  readonly cleanedAway: number;
  /** Each was unpacked and compared with its manifest; its dump was loaded and its money counted. */
  readonly archivesLookedInto: number;
  readonly transfers: number;
  /** Runs nobody was told of, as Redis had lost its data in the middle of them. */
  readonly forgotten: number;
  /** What must never be, in sentences; empty when every promise was kept. */
  readonly broken: readonly string[];
  /** What the processes said, for whoever looks into what broke. */
  readonly log: readonly string[];
}

/** A run begins and ends within so many milliseconds, mostly; somewhere in it something happens. */
const spanMs = 2500;

/** A fault lasts at most so long. */
const faultMs = 2500;

/** Backs a small app up again and again while everything around it breaks, and looks after each time whether what was promised holds. */
export async function torture({ seed, runs, only = faultNames, say, enough }: Plan): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-torture-'));
  await mkdir(join(folder, 'looked-into'));
  const world = await makeWorld(folder);
  const quiet = await openQuiet(world);
  const random = seeded(seed);
  const inspection = startInspection(world, join(folder, 'looked-into'));
  const struck: FaultName[] = [];
  const broken: string[] = [];
  try {
    for (let run = 1; run <= runs && !enough?.aborted; run++) {
      const drawn = draw(random, only);
      struck.push(...drawn);
      await runThrough(drawn, world, random);
      const ended = await quiet.settled();
      const wrong = [...(ended ? [] : ['Something goes on for ever.']), ...(await inspection.look())];
      broken.push(...wrong);
      say(
        `${run}/${runs} ${drawn.join(' + ')}: ${lastWords(world)}${wrong.map((one) => `\n  ✖ ${one}`).join('')}`,
      );
      await inspection.makeRoom();
    }
    return figures();
  } finally {
    await quiet.close();
    await world.end();
    await rm(folder, { recursive: true, force: true });
  }

  function figures(): Figures {
    const told = world.chat.told();
    return {
      runs: told.length,
      outcomes: counted(told.map(({ outcome }) => outcome)),
      faults: counted(struck),
      cleans: world.chat.cleansTold().length,
      cleanedAway: inspection.cleanedAway(),
      forgotten: world.forgotten.size,
      archivesLookedInto: inspection.lookedInto(),
      transfers: world.bank.transfers(),
      broken,
      log: [world.bot, ...world.workers].flatMap((kept) => kept.log()).toSorted(),
    };
  }
}

/** Mostly one thing goes wrong, sometimes two do. */
function draw(random: Random, among: readonly FaultName[]): FaultName[] {
  const times = random() < 0.25 ? 2 : 1;
  const drawn = Array.from(
    { length: times },
    () => among[Math.floor(random() * among.length)] ?? 'nothing at all',
  );
  const alone = drawn.find((name) => comesAlone.has(name));
  return alone === undefined ? drawn : [alone];
}

async function runThrough(drawn: readonly FaultName[], world: World, random: Random): Promise<void> {
  world.chat.ask();
  for (const name of drawn) {
    await pause((random() * random() * spanMs) / drawn.length); // Rather sooner: much of it is short.
    const heal = await faults[name](world, random);
    await pause(random() * faultMs);
    await heal();
  }
}

function lastWords({ chat }: World): string {
  const last = chat.told().at(-1);
  if (last === undefined) return 'no run';
  return last.outcome === 'stored'
    ? `${last.runId} stored`
    : `${last.runId}: ${last.text.replaceAll('\n', ' / ')}`;
}

function counted(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
