import type { DateTime } from 'luxon';
import { toInstant } from '../src/domain/instant.ts';
import { firingsBetween } from '../src/domain/schedule.ts';
import type { VerifiedPlace, VerifiedReport, VerifyProgress } from '../src/domain/verify-report.ts';
import type { VerifyJob } from '../src/queue/contracts.ts';
import type { JobInHand } from '../src/queue/queue.ts';
import type { App } from './app.ts';
import { chooseDestinations } from './choose-destinations.ts';
import type { Tools } from './tools.ts';
import { type PlaceToRead, placeToRead, verifyPlace } from './verify/verify-place.ts';
import { Cancelled, watchCancel } from './watch-cancel.ts';

type VerifyTools = Pick<Tools, 'state' | 'clock' | 'log' | 'stopping'>;

/**
 * Reads backups of an app back from its destinations, all bytes, and compares them with their manifests. Nothing is changed
 * or removed, whatever is found. Whoever cancels it ends it at once. @throws {HandedBack} when the worker stops.
 */
export async function verifyBackups(
  app: App,
  job: JobInHand<VerifyJob>,
  { state, clock, log, stopping }: VerifyTools,
): Promise<VerifiedReport> {
  const { command, askedBy } = job.data;
  const startedAt = toInstant(clock());
  const destinations = chooseDestinations(app, command.at);
  const watch = await watchCancel(job.id, { state, log });
  const signal = AbortSignal.any([job.signal, stopping, watch.signal]);

  try {
    const looking = { state, times: timesToReadAll(app, clock()) };
    const toRead = await Promise.all(destinations.map((each) => placeToRead(command, each, looking)));
    const onRead = progressOf(toRead, job);
    const reading = { state, log, clock, signal, onRead, stallTimeoutInMs: app.stallTimeoutInMs };
    const places = await Promise.all(toRead.map((place) => verifyPlace(place, reading)));
    return {
      kind: 'verified',
      jobId: job.id,
      app: app.name,
      askedBy,
      startedAt,
      finishedAt: toInstant(clock()),
      ...endingOf(places, signal.reason),
      places,
    };
  } finally {
    watch.close();
  }
}

/** How often it is done by schedule until all is to be read; once a day where it is not. */
function timesToReadAll({ chores, verifyAllWithinDays: days = 30 }: App, now: DateTime): number {
  if (chores.verify === undefined) return days;
  return firingsBetween(chores.verify, now, now.plus({ days })).length;
}

/** Says how far it is with each whole percent, and no oftener. */
function progressOf(places: readonly PlaceToRead[], { data, progress }: JobInHand<VerifyJob>) {
  const sizes = places.flatMap((place) => ('backups' in place ? place.backups : []));
  const toReadInBytes = sizes.reduce((total, { sizeInBytes }) => total + sizeInBytes, 0);
  let readInBytes = 0;
  let said = -1;
  return (bytes: number) => {
    readInBytes = Math.min(toReadInBytes, readInBytes + bytes); // What is read a second time is no progress.
    const percent = Math.floor((100 * readInBytes) / Math.max(1, toReadInBytes));
    if (percent === said) return;
    said = percent;
    progress({ app: data.command.app, readInBytes, toReadInBytes } satisfies VerifyProgress);
  };
}

/** Damage that was found is told first, also when somebody cancelled after it. */
function endingOf(places: readonly VerifiedPlace[], why: unknown) {
  const found = places.flatMap((place) => (place.reachable ? place.backups : []));
  if (found.some((backup) => backup.found === 'differs')) return { outcome: 'differs' } as const;
  const isBrokenOff = places.some((place) => place.reachable && place.notTried > 0);
  if (isBrokenOff && why instanceof Cancelled) return { outcome: 'cancelled', cancelledBy: why.by } as const;
  return { outcome: isAllWhole(places) ? 'whole' : 'unknown' } as const;
}

/** What may only be written to is as it should be, as long as something could be read elsewhere. */
function isAllWhole(places: readonly VerifiedPlace[]): boolean {
  const read = places.flatMap((place) => (place.reachable ? place.backups : []));
  return (
    read.some(({ found }) => found === 'whole') &&
    read.every(({ found }) => found === 'whole' || found === 'write-only') &&
    places.every((place) => (place.reachable ? place.notTried === 0 : place.writeOnly))
  );
}
