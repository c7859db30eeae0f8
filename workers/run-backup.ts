import type { DateTime } from 'luxon';
import type { Destination } from '../src/destinations/destination.ts';
import type { BackupKind } from '../src/domain/backup.ts';
import { toInstant } from '../src/domain/instant.ts';
import type { RunReport, Stored } from '../src/domain/report.ts';
import { humanList } from '../src/domain/units.ts';
import type { RunJob } from '../src/queue/contracts.ts';
import type { JobInHand } from '../src/queue/queue.ts';
import type { State } from '../src/state/state.ts';
import { type App, RunRefused } from './app.ts';
import { claimKey } from './backup/claim-key.ts';
import { contentOf } from './backup/content.ts';
import { meterRun } from './backup/meter.ts';
import { refuseOverlap } from './backup/refuse-overlap.ts';
import { storeManifest } from './backup/store-manifest.ts';
import { writeArchive } from './backup/write-archive.ts';

export interface RunTools {
  readonly state: State;
  readonly clock: () => DateTime;
}

/**
 * Backs an app up: its dumps and files as one archive, in one stream, to every destination at once; then the manifest beside it.
 * A destination that failed is a row of the report; whatever spoils the whole run is thrown, and nothing is stored then.
 */
export async function runBackup(
  app: App,
  job: JobInHand<RunJob>,
  { state, clock }: RunTools,
): Promise<RunReport> {
  const { command, askedBy } = job.data;
  const startedAt = clock();
  const kind: BackupKind = command.only ?? 'full';

  const destinations = chooseDestinations(app, command.to);
  const content = await contentOf(app, kind);
  if (content.files) await refuseOverlap(app, content.files, destinations);
  const key = await claimKey({ app: app.name, kind, runId: job.id, startedAt }, state);
  const meter = await meterRun({ job, series: `${app.name}.${kind}`, clock, state });

  const written = await writeArchive(content, destinations, key, { signal: job.signal, clock, meter });
  const run = {
    runId: job.id,
    app: app.name,
    startedAt: toInstant(startedAt),
    finishedAt: toInstant(clock()),
  };
  const results = await storeManifest(written, { ...run, kind }, destinations, job.signal);
  const outcome = outcomeOf(results);
  if (outcome !== 'failed') await meter.rememberSize();

  return {
    ...run,
    kind: 'run',
    backup: kind,
    askedBy,
    outcome,
    ...(outcome === 'failed' && { reason: 'No destination took the archive.' }),
    ...(outcome !== 'failed' && written.archive && { archive: written.archive }),
    destinations: [...results],
    dumps: written.dumps,
    warnings: written.warnings,
  };
}

function chooseDestinations(app: App, to: readonly string[]): readonly Destination[] {
  const unknown = to.filter((name) => !app.destinations.some((destination) => destination.name === name));
  if (unknown.length > 0) {
    const known = humanList(app.destinations.map(({ name }) => name));
    throw new RunRefused(
      `${app.name} does not go to ${humanList(unknown, 'or')}; its destinations are ${known}.`,
    );
  }
  return to.length === 0 ? app.destinations : app.destinations.filter(({ name }) => to.includes(name));
}

function outcomeOf(results: readonly Stored[]): RunReport['outcome'] {
  const reached = results.filter(({ outcome }) => outcome === 'stored').length;
  if (reached === 0) return 'failed';
  return reached === results.length ? 'stored' : 'partly';
}
