import type { AppConfig } from '../../src/config/parts.ts';
import { Chore } from '../../src/domain/firing.ts';
import { jitterFor, type Schedule } from '../../src/domain/schedule.ts';

/** Those that an app which is only watched does not have. */
const changes: ReadonlySet<Chore> = new Set(['run', 'clean']);

/** When which chore of an app is due, as its configuration says. One that is only watched is neither backed up nor cleaned. */
export function choresOf(
  app: string,
  { schedule, watchOnly }: Pick<AppConfig, 'schedule' | 'watchOnly'>,
  timezone: string,
): Readonly<Partial<Record<Chore, Schedule>>> {
  const { zone = timezone, jitter } = schedule;
  const due = Chore.options.flatMap((chore) => {
    const cron = schedule[chore];
    if (cron === false || (watchOnly && changes.has(chore))) return [];
    return [[chore, { cron, zone, delayInSeconds: jitterFor(app, jitter) }]];
  });
  return Object.fromEntries(due);
}
