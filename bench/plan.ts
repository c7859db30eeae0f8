import { DateTime } from 'luxon';
import { RetentionPolicy } from '../src/domain/retention/registry.ts';
import { planCleanup } from '../src/domain/retention.ts';
import { median } from './median.ts';

/*
 * What planning a clean-up costs, against how many backups there are: npx tsx bench/plan.ts
 * Prints a table for Markdown. The cost for a backup should not grow with their number.
 */

const counts = [1_000, 10_000, 100_000, 300_000];
const rounds = 5;
const now = DateTime.fromISO('2026-11-22T02:15:00Z', { zone: 'utc' });
const policy = RetentionPolicy.parse({});

process.stdout.write('| backups | seconds to plan | microseconds a backup |\n|--:|--:|--:|\n');
for (const count of counts) {
  const backups = hourly(count);
  const seconds = median(Array.from({ length: rounds }, () => secondsToPlan(backups)));
  const each = (seconds * 1e6) / count;
  process.stdout.write(`| ${count.toLocaleString('en-US')} | ${seconds.toFixed(3)} | ${each.toFixed(2)} |\n`);
}

function secondsToPlan(backups: ReturnType<typeof hourly>): number {
  const before = performance.now();
  planCleanup(backups, policy, { now, zone: 'Europe/Brussels' });
  return (performance.now() - before) / 1_000;
}

/** Oldest first, as a listing by name comes. */
function hourly(count: number) {
  return Array.from({ length: count }, (_, at) => {
    const takenAt = now.minus({ hours: count - at });
    return {
      key: `shop/${takenAt.toFormat('yyyy-MM-dd-HH-mm-ss')}.zip`,
      kind: 'full' as const,
      takenAt,
      sizeInBytes: 1_000,
    };
  });
}
