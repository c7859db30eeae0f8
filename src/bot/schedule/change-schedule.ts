import type { DateTime } from 'luxon';
import { type Pause, pauseKey, readPause } from '../../domain/firing.ts';
import { fromInstant, toInstant } from '../../domain/instant.ts';
import type { ReportOf } from '../../domain/report.ts';
import { lengthOf, type Span } from '../../domain/span.ts';
import type { Who } from '../../domain/who.ts';
import type { State } from '../../state/state.ts';

const untilResumedInSeconds = 10 * 365 * 24 * 3600;
const afterItsEndInSeconds = 400 * 24 * 3600;

/** Holds the schedule of an app for so long, or until it is resumed. @throws {StateError} */
export async function pauseSchedule(
  { app, span }: { readonly app: string; readonly span: Span | undefined },
  by: Who,
  now: DateTime,
  state: State,
): Promise<ReportOf<'paused'>> {
  const until = span && now.plus(lengthOf(span));
  const pause: Pause = { by, at: toInstant(now), ...(until && { until: toInstant(until) }) };
  const seconds = until
    ? Math.ceil(until.diff(now).as('seconds')) + afterItsEndInSeconds
    : untilResumedInSeconds;
  await state.remember(pauseKey(app), pause, seconds);
  return { kind: 'paused', app, pause };
}

/** Lets it go on; what was due meanwhile is not made up for. @throws {StateError} */
export async function resumeSchedule(app: string, now: DateTime, state: State): Promise<ReportOf<'resumed'>> {
  const pause = readPause(await state.recall(pauseKey(app)));
  const wasPaused = pause !== undefined && !hasEnded(pause, now);
  if (wasPaused) {
    await state.remember(pauseKey(app), { ...pause, until: toInstant(now) }, afterItsEndInSeconds);
  }
  return { kind: 'resumed', app, wasPaused };
}

function hasEnded({ until }: Pause, now: DateTime): boolean {
  return until !== undefined && fromInstant(until) <= now;
}
