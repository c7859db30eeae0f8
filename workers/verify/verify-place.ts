import type { Destination } from '../../src/destinations/destination.ts';
import { type Backup, newestFirst } from '../../src/domain/backup.ts';
import { dueToVerify, newestOfEachKind } from '../../src/domain/due-to-verify.ts';
import type { VerifyCommand } from '../../src/domain/verify-command.ts';
import type { VerifiedBackup, VerifiedPlace } from '../../src/domain/verify-report.ts';
import { unreachable } from '../unreachable.ts';
import { Cancelled } from '../watch-cancel.ts';
import { recallVerified, rememberVerified } from './memory.ts';
import { type Reading, verifyBackup } from './verify-backup.ts';

/** What is to be read at one destination; or why that cannot be known. */
export type PlaceToRead =
  | {
      readonly app: string;
      readonly destination: Destination;
      readonly backups: readonly Backup[];
      /** The keys of all that are there. */
      readonly there: readonly string[];
    }
  | { readonly notReached: Extract<VerifiedPlace, { reachable: false }> };

/** A destination that fails so often in a row is left alone: the rest would fail too, and may take hours. */
const mostFailuresInARow = 3;

interface Looking extends Pick<Reading, 'state'> {
  /** In so many times everything is read, where only what is due is asked for. */
  readonly times: number;
}

/** Lists the backups of an app that are asked for. @throws {StateError} */
export async function placeToRead(
  { app, which }: VerifyCommand,
  destination: Destination,
  { state, times }: Looking,
): Promise<PlaceToRead> {
  const memory = await recallVerified(app, destination.name, { state });
  try {
    const all = newestFirst(await destination.list(app));
    const wanted = {
      all: () => all,
      due: () => dueToVerify(all, memory, times),
      newest: () => newestOfEachKind(all),
    };
    return { app, destination, backups: wanted[which ?? 'newest'](), there: all.map(({ key }) => key) };
  } catch (thrown) {
    return { notReached: unreachable(destination.name, thrown) };
  }
}

/** Reads one backup after another, and keeps what that has shown. Once somebody has cancelled, the rest is not tried. @throws {HandedBack} */
export async function verifyPlace(place: PlaceToRead, reading: Reading): Promise<VerifiedPlace> {
  if ('notReached' in place) return place.notReached;
  const { app, destination, backups, there } = place;
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
  } finally {
    await rememberVerified({ app, destination: destination.name, there }, verified, reading);
  }
  const notTried = backups.length - tried;
  return {
    reachable: true,
    destination: destination.name,
    backups: verified,
    notTried,
    there: there.length,
  };
}

function failsAgainAndAgain(verified: readonly VerifiedBackup[]): boolean {
  const last = verified.slice(-mostFailuresInARow);
  return last.length === mostFailuresInARow && last.every(({ found }) => found === 'not-read');
}
