import { readBackupKey } from '../domain/backup-key.ts';
import { fromInstant, Instant, toInstant } from '../domain/instant.ts';
import type { KnownApp } from '../domain/known-app.ts';
import type { Holding, Report, RunReport } from '../domain/report.ts';
import type { State } from '../state/state.ts';

const lifetimeInSeconds = 400 * 24 * 3600;

/** The newest backup of an app at one destination, as far as it is known. */
export interface NewestBackup {
  readonly app: string;
  readonly destination: string;
  readonly takenAt?: Date;
}

type Place = Pick<NewestBackup, 'app' | 'destination'>;

/** Keeps what a report says of newest backups, for whoever watches their age: what was stored, and what somebody saw. @throws {StateError} */
export async function learnNewest(report: Report, state: State): Promise<void> {
  if (report.kind === 'run') await learnStored(report, state);
  if (report.kind === 'health')
    await Promise.all(report.holdings.map((holding) => learnSeen(holding, state)));
}

/** What is known of every app and destination. @throws {StateError} */
export async function newestBackups(apps: readonly KnownApp[], state: State): Promise<NewestBackup[]> {
  const places = apps.flatMap(({ name: app, destinations }) =>
    destinations.map((destination) => ({ app, destination })),
  );
  return Promise.all(
    places.map(async (place) => {
      const { data: takenAt } = Instant.safeParse(await state.recall(keyOf(place)));
      return { ...place, ...(takenAt !== undefined && { takenAt: fromInstant(takenAt).toJSDate() }) };
    }),
  );
}

async function learnStored({ app, archive, destinations }: RunReport, state: State): Promise<void> {
  const takenAt = readBackupKey(archive?.key ?? '')?.takenAt;
  if (takenAt === undefined) return;
  for (const { outcome, destination } of destinations)
    if (outcome === 'stored')
      await state.remember(keyOf({ app, destination }), toInstant(takenAt), lifetimeInSeconds);
}

/** Of a destination that was not reached, what was known before stands. */
async function learnSeen(holding: Holding, state: State): Promise<void> {
  if (!holding.reachable) return;
  if (holding.newest === undefined) return state.forget(keyOf(holding));
  await state.remember(keyOf(holding), holding.newest.takenAt, lifetimeInSeconds);
}

function keyOf({ app, destination }: Place): string {
  return `newest.${app}/${destination}`;
}
