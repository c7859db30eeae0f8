import { z } from 'zod';
import { clip } from './clip.ts';
import { Instant } from './instant.ts';
import { RunReport } from './report.ts';

/** What is kept of a run for weeks. */
export const RunRecord = RunReport.pick({ runId: true, outcome: true }).extend({
  finishedAt: Instant,
  seconds: z.number().nonnegative(),
  /** Of its archive, where one was stored. */
  sizeInBytes: z.int().nonnegative().optional(),
  /** Why nothing was stored, cut to a few words. */
  reason: z.string().optional(),
});
export type RunRecord = z.infer<typeof RunRecord>;

/** Ten runs a day for more than a month. */
export const mostRunRecords = 400;
export const runRecordsLifetimeInSeconds = 60 * 24 * 3600;

/** Where the last runs of an app are kept, as a list. */
export function runRecordsKey(app: string): string {
  return `runs.${app}`;
}

const longestReason = 200;

export function runRecord({ runId, outcome, startedAt, finishedAt, archive, reason }: RunReport): RunRecord {
  return {
    runId,
    outcome,
    finishedAt,
    seconds: Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000),
    ...(archive !== undefined && { sizeInBytes: archive.sizeInBytes }),
    ...(reason !== undefined && { reason: clip(reason, longestReason) }),
  };
}

/** The runs of a list, the newest last; a report that came twice counts once. */
export function readRunRecords(entries: readonly unknown[]): RunRecord[] {
  const records = entries.flatMap((entry) => RunRecord.safeParse(entry).data ?? []);
  const byRun = new Map(records.map((record) => [record.runId, record]));
  // Instants are written alike, so that the order of their texts is theirs.
  return [...byRun.values()].toSorted((a, b) => (a.finishedAt < b.finishedAt ? -1 : 1));
}

/** What `run` ends, when it was stored everywhere and those before it, the newest last, were not. One that was cancelled says nothing. */
export function endedFailures(run: RunReport, records: readonly RunRecord[]): RunReport['worksAgain'] {
  if (run.outcome !== 'stored') return undefined;
  const before = records.filter(({ runId, outcome }) => runId !== run.runId && outcome !== 'cancelled');
  const failed = before.slice(before.findLastIndex(({ outcome }) => outcome === 'stored') + 1);
  const [first] = failed;
  return first && { failures: failed.length, since: first.finishedAt };
}
