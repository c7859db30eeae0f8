import type { DateTime } from 'luxon';
import { type Pause, pauseKey } from '../../domain/firing.ts';
import { toInstant } from '../../domain/instant.ts';
import type { ReportOf } from '../../domain/report.ts';
import { lengthOf, type Span } from '../../domain/span.ts';
import type { Who } from '../../domain/who.ts';
import type { State } from '../../state/state.ts';

const untilResumedInSeconds = 10 * 365 * 24 * 3600;

/** Holds the schedule of an app for so long, or until it is resumed. @throws {StateError} */
export async function pauseSchedule(
  { app, span }: { readonly app: string; readonly span: Span | undefined },
  by: Who,
  now: DateTime,
  state: State,
): Promise<ReportOf<'paused'>> {
  const until = span && now.plus(lengthOf(span));
  const pause: Pause = { by, at: toInstant(now), ...(until && { until: toInstant(until) }) };
  const seconds = until ? Math.ceil(until.diff(now).as('seconds')) : untilResumedInSeconds;
  await state.remember(pauseKey(app), pause, seconds);
  return { kind: 'paused', app, pause };
}

/** Lets it go on; what was due meanwhile is not made up for. @throws {StateError} */
export async function resumeSchedule(app: string, state: State): Promise<ReportOf<'resumed'>> {
  const wasPaused = (await state.recall(pauseKey(app))) !== undefined;
  await state.forget(pauseKey(app));
  return { kind: 'resumed', app, wasPaused };
}
