import type { DateTime } from 'luxon';
import type { Destination } from '../src/destinations/destination.ts';
import type { BackupKind } from '../src/domain/backup.ts';
import { toInstant } from '../src/domain/instant.ts';
import type { RunReport, Stored } from '../src/domain/report.ts';
import type { RunJob } from '../src/queue/contracts.ts';
import type { JobInHand } from '../src/queue/queue.ts';
import type { State } from '../src/state/state.ts';
import type { App } from './app.ts';
import { beginAgain } from './backup/begin-again.ts';
import { claimKey } from './backup/claim-key.ts';
import { completeEverywhere } from './backup/complete-everywhere.ts';
import { contentOf } from './backup/content.ts';
import { expectedSize, rememberSize } from './backup/expected-size.ts';
import { findStored } from './backup/find-stored.ts';
import { meterRun } from './backup/meter.ts';
import { noteNotCompared } from './backup/not-compared.ts';
import { noteFewer, rememberObjects } from './backup/note-fewer.ts';
import { refuseOverlap } from './backup/refuse-overlap.ts';
import { rememberFacts } from './backup/remember-facts.ts';
import { noteStored, tidyUp } from './backup/tidy-up.ts';
import { refuseIfTakenOver, takeTurn } from './backup/turn.ts';
import { whereThereIsRoom } from './backup/where-there-is-room.ts';
import { type Facts, writeArchive } from './backup/write-archive.ts';
import { chooseDestinations } from './choose-destinations.ts';
import { patiently } from './patiently.ts';
import { rememberStored } from './stored-memory.ts';

export interface RunTools {
  readonly state: State;
  readonly clock: () => DateTime;
}

/** An archive may turn out larger than what was read the last time, by so much before a destination is unprepared. */
const growth = 1.5;

/**
 * Backs an app up: its dumps and files as one archive, in one stream, to every destination at once; then the manifest beside
 * each, then copies to those that were not reached. What an earlier start of the same run has stored is kept and not made again.
 * A destination that failed is a row of the report; whatever spoils the whole run is thrown, and nothing is stored then.
 */
export async function runBackup(
  app: App,
  job: JobInHand<RunJob>,
  { state, clock }: RunTools,
): Promise<RunReport> {
  const { command, askedBy } = job.data;
  const { signal } = job;
  const kind: BackupKind = command.only ?? 'full';
  const run = { runId: job.id, app: app.name, startedAt: toInstant(clock()) };
  const series = `${app.name}.${kind}`;

  const destinations = chooseDestinations(app, command.to);
  const content = await contentOf(app, kind);
  if (content.files) await refuseOverlap(app, content.files, destinations);
  const { extension } = content.archive;
  const named = { app: app.name, kind, runId: job.id, startedAt: clock(), extension };
  const key = await patiently(() => claimKey(named, state), signal);
  await patiently(() => takeTurn(job, state), signal);
  const beginning = { app: app.name, key, destinations: app.destinations, signal };
  await patiently(() => tidyUp(beginning, state), signal);
  const expectedInBytes = await patiently(() => expectedSize(series, content, state, signal), signal);
  const meter = meterRun({ job, expectedInBytes, clock });
  const storing = {
    ...{ signal, clock, stallTimeoutInMs: app.stallTimeoutInMs },
    estimatedSizeInBytes: Math.ceil(expectedInBytes * growth),
    beforeItAppears: () => refuseIfTakenOver(job, state),
  };
  const beforeItAppears = async (facts: Facts) => {
    await storing.beforeItAppears();
    await rememberFacts(job.id, await noteFewer(facts, app.name, state), state);
  };
  const write = (roomy: readonly Destination[]) =>
    beginAgain(
      () => writeArchive(content, roomy, key, meter.fromNothing(), { ...storing, beforeItAppears }),
      {
        signal,
      },
    );

  const looking = { runId: job.id, state, signal, stallTimeoutInMs: app.stallTimeoutInMs };
  const before = job.attempt > 1 ? await findStored(key, destinations, looking) : undefined;
  const room = { app, kind, expectedInBytes };
  const written =
    before ?? (await noteFewer(await whereThereIsRoom(destinations, room, write), app.name, state));
  await storing.beforeItAppears();
  const manifest = { ...run, kind, finishedAt: toInstant(clock()) };
  const results = await completeEverywhere(written, manifest, destinations, storing, state);
  const outcome = outcomeOf(results);
  const readInBytes = written.archive?.contentInBytes ?? meter.contentInBytes;
  // What the next run would like to know is no reason to call this one failed: the queue may be away just now.
  await Promise.allSettled([
    outcome === 'stored' && noteStored(app.name, key, state),
    outcome !== 'failed' && rememberObjects(written, app.name, state),
    noteNotCompared({ app: app.name, key, results, at: toInstant(clock()) }, state),
    written.archive && rememberStored(app.name, written.archive, results, state),
    (outcome !== 'failed' || readInBytes > expectedInBytes) && rememberSize(series, readInBytes, state),
  ]);

  return {
    ...run,
    kind: 'run',
    backup: kind,
    askedBy,
    finishedAt: toInstant(clock()),
    outcome,
    ...(outcome === 'failed' && { reason: 'No destination took the archive.' }),
    ...(outcome !== 'failed' && written.archive && { archive: written.archive }),
    destinations: [...results],
    dumps: written.dumps,
    warnings: written.warnings,
  };
}

function outcomeOf(results: readonly Stored[]): RunReport['outcome'] {
  const reached = results.filter(({ outcome }) => outcome === 'stored').length;
  if (reached === 0) return 'failed';
  return reached === results.length ? 'stored' : 'partly';
}
