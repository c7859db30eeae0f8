import { DateTime } from 'luxon';
import { RetentionPolicy } from '../src/domain/retention/registry.ts';
import { planCleanup } from '../src/domain/retention.ts';
import { median } from './median.ts';

const counts = [1_000, 10_000, 100_000, 300_000];
const rounds = 5;
const now = DateTime.fromISO('2026-11-22T02:15:00Z', { zone: 'utc' });
const policy = RetentionPolicy.parse({});

/** What planning a clean-up costs against how many backups there are, as a table that Markdown understands. */
export function planCosts(): string {
  const rows = counts.map((count) => {
    const backups = hourly(count);
    const seconds = median(Array.from({ length: rounds }, () => secondsToPlan(backups)));
    const microsecondsEach = (seconds * 1e6) / count;
    return `| ${count.toLocaleString('en-US')} | ${seconds.toFixed(3)} | ${microsecondsEach.toFixed(2)} |`;
  });
  return ['| backups | seconds to plan | microseconds a backup |', '|--:|--:|--:|', ...rows, ''].join('\n');
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
