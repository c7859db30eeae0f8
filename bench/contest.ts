import { rm } from 'node:fs/promises';
import { execa } from 'execa';
import { type Contestant, type Subject, versionsOf } from './contestant.ts';
import { type Measured, measure } from './measure.ts';
import { median } from './median.ts';
import type { Row, SubjectResult } from './results.ts';

interface Run extends Omit<Measured, 'output'> {
  readonly sizeInBytes: number;
}

/**
 * All in turn, several times, so that what else the machine does meets each of them. The first turn only warms the caches.
 * Also gives the versions of the programs.
 */
export async function contest(subject: Subject, rounds: number, say: (sentence: string) => void) {
  const versions = await versionsOf(subject.contestants);
  const runs = new Map<Contestant, Run[]>([...versions.keys()].map((contestant) => [contestant, []]));

  for (let round = 0; round <= rounds; round++) {
    for (const [contestant, own] of runs) {
      const run = await runOf(contestant, subject);
      say(`${subject.what}, round ${round}: ${contestant.name} ${run.seconds.toFixed(2)} s`);
      if (round > 0) own.push(run);
    }
  }
  const [ours = []] = runs.values();
  const rows = [...runs].map(([{ name }, own]) => rowOf(name, own, ours));
  const result: SubjectResult = { what: subject.what, contentInBytes: subject.contentInBytes, rows };
  return { result, versions: [...versions.values()].filter((version) => version !== '') };
}

async function runOf({ prepare, script, tellsSeconds }: Contestant, { env }: Subject): Promise<Run> {
  const { OUT: out = '' } = env;
  if (prepare !== undefined) await measure(prepare, env);
  const { output, ...measured } = await measure(script, env);
  const sizeInBytes = await sizeOf(out);
  await rm(out, { recursive: true, force: true });
  return { ...measured, sizeInBytes, ...(tellsSeconds && JSON.parse(output)) };
}

async function sizeOf(path: string): Promise<number> {
  const { stdout = '0' } = await execa('du', ['-sb', path], { reject: false });
  return Number.parseInt(stdout || '0', 10);
}

function rowOf(name: string, runs: readonly Run[], ours: readonly Run[]): Row {
  const medianOf = (key: keyof Run) => median(runs.map((run) => run[key]));
  return {
    name,
    seconds: medianOf('seconds'),
    processorInSeconds: medianOf('processorInSeconds'),
    peakInBytes: medianOf('peakInBytes'),
    sizeInBytes: medianOf('sizeInBytes'),
    timesHoldfast: median(runs.map(({ seconds }, round) => seconds / (ours[round]?.seconds ?? Number.NaN))),
    allSeconds: runs.map(({ seconds }) => seconds),
  };
}
