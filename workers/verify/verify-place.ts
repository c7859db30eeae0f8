import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import { type Backup, newestFirst } from '../../src/domain/backup.ts';
import type { VerifyCommand } from '../../src/domain/verify-command.ts';
import type { VerifiedBackup, VerifiedPlace } from '../../src/domain/verify-report.ts';
import { sentenceOf } from '../../src/log.ts';
import { Cancelled } from '../watch-cancel.ts';
import { type Reading, verifyBackup } from './verify-backup.ts';

/** What is to be read at one destination, the newest first; or why that cannot be known. */
export type PlaceToRead =
  | { readonly destination: Destination; readonly backups: readonly Backup[] }
  | { readonly notReached: Extract<VerifiedPlace, { reachable: false }> };

/** A destination that fails so often in a row is left alone: the rest would fail too, and may take hours. */
const mostFailuresInARow = 3;

/** Lists the backups of an app that are asked for. */
export async function placeToRead(
  { app, which }: VerifyCommand,
  destination: Destination,
): Promise<PlaceToRead> {
  try {
    const backups = newestFirst(await destination.list(app));
    return { destination, backups: which === 'all' ? backups : newestOfEachKind(backups) };
  } catch (thrown) {
    const writeOnly = thrown instanceof DestinationError && thrown.kind === 'write-only';
    const facts = { destination: destination.name, problem: sentenceOf(thrown), writeOnly };
    return { notReached: { reachable: false, ...facts } };
  }
}

/** Reads one backup after another. Once somebody has cancelled, the rest is not tried. @throws {HandedBack} */
export async function verifyPlace(place: PlaceToRead, reading: Reading): Promise<VerifiedPlace> {
  if ('notReached' in place) return place.notReached;
  const { destination, backups } = place;
  const verified: VerifiedBackup[] = [];
  let tried = 0;
  try {
    for (const backup of backups) {
      if (failsAgainAndAgain(verified)) break;
      const found = await verifyBackup(backup, destination, reading);
      tried += 1;
      if (found !== undefined) verified.push(found);
    }
  } catch (thrown) {
    if (!(thrown instanceof Cancelled)) throw thrown;
  }
  const notTried = backups.length - tried;
  return { reachable: true, destination: destination.name, backups: verified, notTried };
}

function newestOfEachKind(newestFirst: readonly Backup[]): Backup[] {
  return newestFirst.filter(({ kind }, at) => newestFirst.findIndex((each) => each.kind === kind) === at);
}

function failsAgainAndAgain(verified: readonly VerifiedBackup[]): boolean {
  const last = verified.slice(-mostFailuresInARow);
  return last.length === mostFailuresInARow && last.every(({ found }) => found === 'not-read');
}
