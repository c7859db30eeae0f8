import { DateTime } from 'luxon';
import type { AppFacts, DigestFacts } from '../../../src/domain/digest/digest-facts.ts';
import { toInstant } from '../../../src/domain/instant.ts';
import type { RunRecord } from '../../../src/domain/run-record.ts';

/** A Monday, at eight in Brussels. */
export const monday = DateTime.fromISO('2026-11-23T07:00:00Z', { zone: 'utc' });

/** All of a digest but its apps; what happened since Friday. */
export const sinceFriday: Omit<DigestFacts, 'apps'> = {
  from: monday.minus({ days: 3 }),
  to: monday,
  late: false,
  zone: 'Europe/Brussels',
  withPicture: true,
  troubles: new Map(),
};

/** A run that ended so many days before Monday. */
export function run(daysAgo: number, facts: Partial<RunRecord> = {}): RunRecord {
  const finishedAt = toInstant(monday.minus({ days: daysAgo }));
  const outcome = facts.outcome ?? 'stored';
  const size = outcome === 'stored' ? { sizeInBytes: 1000 } : {};
  return { runId: `r_${daysAgo}`, outcome, finishedAt, seconds: 60, ...size, ...facts };
}

/** An app that is well: a backup from last night, of 1,000 bytes of the 10,000 it may have. */
export function wellApp(app: string, facts: Partial<AppFacts> = {}): AppFacts {
  const newestAt = toInstant(monday.minus({ hours: 5 }));
  const disk = {
    reachable: true as const,
    destination: 'disk',
    totalInBytes: 1000,
    newestAt,
    limitInBytes: 10_000,
  };
  return { app, group: 'default', runs: [run(0.2)], found: { places: [disk], problems: [] }, ...facts };
}
