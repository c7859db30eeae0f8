import { RunReport } from '../../domain/report.ts';
import { Counter, Histogram, type Registry } from './prometheus.ts';

/** From a second to the six hours that a run may take unless told otherwise. */
const secondsOfBuckets = [1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 14_400, 21_600];

/** Counts runs by how they ended. Those of `apps` begin at nought, so that the first failure is an increase. */
export function runMetrics(registry: Registry, apps: readonly string[]): (run: RunReport) => void {
  const registers = [registry];
  const runs = new Counter({
    ...{ name: 'holdfast_runs_total', help: 'Runs that ended, by app and outcome.', registers },
    labelNames: ['app', 'outcome'],
  });
  const duration = new Histogram({
    ...{ name: 'holdfast_run_duration_seconds', help: 'How long runs took, by app.', registers },
    labelNames: ['app'],
    buckets: secondsOfBuckets,
  });
  const read = new Counter({
    ...{
      name: 'holdfast_read_bytes_total',
      help: 'Read from databases and files into archives, by app.',
      registers,
    },
    labelNames: ['app'],
  });
  const stored = new Counter({
    ...{ name: 'holdfast_stored_bytes_total', help: 'Archives stored, by app and destination.', registers },
    labelNames: ['app', 'destination'],
  });

  for (const app of apps)
    for (const outcome of RunReport.shape.outcome.options) runs.inc({ app, outcome }, 0);

  return ({ app, outcome, startedAt, finishedAt, archive, destinations }) => {
    runs.inc({ app, outcome });
    duration.observe({ app }, Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000));
    if (archive !== undefined) read.inc({ app }, archive.contentInBytes);
    for (const place of destinations)
      if (place.outcome === 'stored') stored.inc({ app, destination: place.destination }, place.sizeInBytes);
  };
}
