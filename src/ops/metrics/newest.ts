import { Gauge, type Registry } from './prometheus.ts';

/** The newest backup of an app at one destination, as far as it is known. */
export interface NewestBackup {
  readonly app: string;
  readonly destination: string;
  readonly takenAt?: Date;
}

/**
 * How old the newest backups are, after each call of what is returned. Where none is known the age is infinite, so that a rule
 * on it speaks up; while `newest` rejects, what was known before grows older.
 */
export function newestMetrics(
  registry: Registry,
  newest: () => Promise<readonly NewestBackup[]>,
  now: () => Date,
): () => Promise<void> {
  let known: readonly NewestBackup[] = [];
  const age = new Gauge({
    name: 'holdfast_newest_backup_age_seconds',
    help: 'Age of the newest backup, by app and destination, as last seen there or stored there; +Inf when none is known.',
    labelNames: ['app', 'destination'],
    registers: [registry],
  });

  return async () => {
    known = await newest().catch(() => known); // holdfast_queue_up tells of it.
    age.reset();
    for (const { app, destination, takenAt } of known)
      age.set({ app, destination }, takenAt ? (now().getTime() - takenAt.getTime()) / 1000 : Infinity);
  };
}
