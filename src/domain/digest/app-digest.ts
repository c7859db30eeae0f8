import type { DateTime } from 'luxon';
import type { RunRecord } from '../run-record.ts';
import type { AppFacts, FoundPlace } from './digest-facts.ts';
import type { AppState, DigestApp } from './digest-report.ts';

/** How one app is, and what happened to it in the window. */
export function appDigest(
  facts: AppFacts,
  window: { readonly from: DateTime; readonly to: DateTime },
): DigestApp {
  const { app, found, before = {}, nextRunAt, muted } = facts;
  const runs = runsWithin(facts.runs, window);
  const problems = [...lastRunProblem(facts.runs), ...(found?.problems ?? [])];
  return {
    app,
    state: stateOf(problems, found !== undefined),
    problems,
    runs: runs.length,
    failures: runs.filter(hasFailed).length,
    places: (found?.places ?? []).map((place) =>
      digestPlace(place, Object.hasOwn(before, place.destination) ? before[place.destination] : undefined),
    ),
    ...(nextRunAt !== undefined && { nextRunAt }),
    ...(muted !== undefined && { muted }),
  };
}

/** Those that ended after `from` and not after `to`, but for cancelled ones. */
export function runsWithin(
  runs: readonly RunRecord[],
  { from, to }: { readonly from: DateTime; readonly to: DateTime },
): RunRecord[] {
  return runs.filter(({ outcome, finishedAt }) => {
    const at = Date.parse(finishedAt); // Thousands of apps have a hundred thousand runs; as dates they take seconds.
    return outcome !== 'cancelled' && at > from.toMillis() && at <= to.toMillis();
  });
}

export function hasFailed({ outcome }: RunRecord): boolean {
  return outcome === 'failed' || outcome === 'partly';
}

function lastRunProblem(runs: readonly RunRecord[]): string[] {
  const last = runs.findLast(({ outcome }) => outcome !== 'cancelled');
  if (last?.outcome === 'failed')
    return [last.reason === undefined ? 'Its last run failed.' : `Its last run failed: ${last.reason}`];
  return last?.outcome === 'partly' ? ['Its last run reached only some of its destinations.'] : [];
}

function stateOf(problems: readonly string[], isKnown: boolean): AppState {
  if (problems.length > 0) return 'unwell';
  return isKnown ? 'well' : 'unknown';
}

function digestPlace(place: FoundPlace, before: number | undefined): DigestApp['places'][number] {
  const { destination } = place;
  if (!place.reachable) return { reachable: false, destination, writeOnly: place.writeOnly };
  const { totalInBytes, newestAt, limitInBytes } = place;
  return {
    reachable: true,
    destination,
    totalInBytes,
    ...(before !== undefined && { changeInBytes: totalInBytes - before }),
    ...(newestAt !== undefined && { newestAt }),
    ...(limitInBytes !== undefined && { limitInBytes }),
  };
}
