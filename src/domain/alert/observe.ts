import type { HealthFailure } from '../health/check.ts';
import type { HealthVerdict } from '../health/verdict.ts';
import { toInstant } from '../instant.ts';
import type { Alert } from './state.ts';
import { placeOf, subjectOf } from './subject.ts';
import { isCalm, isForgotten, isOfLate, startsToFlap, type Timing } from './timing.ts';

/**
 * The alerts after a look: what fails begins or goes on, what no longer does is over, and what was not looked at, or could
 * not be told this time, stays as it was.
 */
export function observe(
  alerts: readonly Alert[],
  verdicts: readonly HealthVerdict[],
  timing: Timing,
): Alert[] {
  const known = new Map(alerts.map((alert) => [subjectOf(alert), alert]));
  for (const verdict of verdicts) {
    for (const failure of verdict.failures) {
      const subject = subjectOf({ ...verdict, check: failure.check });
      known.set(subject, failing(known.get(subject), verdict, failure, timing));
    }
  }
  const verdictOn = new Map(verdicts.map((verdict) => [placeOf(verdict), verdict]));
  return [...known.values()]
    .map((alert) => unlessRight(alert, verdictOn.get(placeOf(alert)), timing))
    .map((alert) => calmed(alert, timing))
    .filter((alert) => isWorthKeeping(alert, timing));
}

function failing(
  before: Alert | undefined,
  { app, destination }: HealthVerdict,
  { check, problem, advice }: HealthFailure,
  timing: Timing,
): Alert {
  const seenAt = toInstant(timing.now);
  const facts = { app, ...(destination !== undefined && { destination }), check, problem, advice, seenAt };
  if (before !== undefined && before.resolvedAt === undefined) return { ...before, ...facts };

  const starts = [...(before?.starts ?? []).filter((start) => isOfLate(start, timing)), seenAt];
  const flapping = before?.flapping === true || starts.length >= startsToFlap;
  // Nobody has heard that it was over in between, so to people it never was.
  if (before?.toldAt !== undefined)
    return { ...facts, since: before.since, toldAt: before.toldAt, starts, flapping };
  return { ...facts, since: (flapping ? starts[0] : undefined) ?? seenAt, starts, flapping };
}

function unlessRight(alert: Alert, verdict: HealthVerdict | undefined, { now }: Timing): Alert {
  const { check, resolvedAt } = alert;
  if (verdict === undefined || verdict.undecided.includes(check)) return alert;
  if (verdict.failures.some((failure) => failure.check === check)) return alert;
  return { ...alert, seenAt: toInstant(now), resolvedAt: resolvedAt ?? toInstant(now) };
}

function calmed(alert: Alert, timing: Timing): Alert {
  const lastChange = alert.resolvedAt ?? alert.starts.at(-1) ?? alert.since;
  return isCalm(lastChange, timing) ? { ...alert, flapping: false } : alert;
}

/** One that is over is kept until people know, and as long as it counts towards flapping. */
function isWorthKeeping({ resolvedAt, toldAt, starts, seenAt }: Alert, timing: Timing): boolean {
  if (isForgotten(seenAt, timing)) return false;
  if (resolvedAt === undefined || toldAt !== undefined) return true;
  return starts.some((start) => isOfLate(start, timing));
}
