import { z } from 'zod';
import { Instant, toInstant } from '../instant.ts';
import { Alert } from './state.ts';
import { isDue, type Timing } from './timing.ts';

const Subject = Alert.pick({
  app: true,
  destination: true,
  check: true,
  problem: true,
  advice: true,
  since: true,
});

/** What people should hear: all of it is one message. */
export const AlertNews = z.object({
  /** Wrong, and they have not heard of it. */
  started: z.array(Subject),
  /** Still wrong, and they heard of it a while ago. */
  reminded: z.array(Subject),
  /** Right again. */
  resolved: z.array(Subject.extend({ resolvedAt: Instant })),
  /** Wrong again and again, so many times of late; the single changes are no longer told. */
  flapping: z.array(Subject.extend({ times: z.int() })),
  /** What else of the apps in `resolved` was wrong when it was last looked at, told in this message or before. */
  remaining: z.array(Subject.extend({ seenAt: Instant })).optional(),
});
export type AlertNews = z.infer<typeof AlertNews>;

type NewsKind = Exclude<keyof AlertNews, 'remaining'>;

/** What remains is no news of its own. */
export function isNews({ started, reminded, resolved, flapping }: AlertNews): boolean {
  return [started, reminded, resolved, flapping].some((told) => told.length > 0);
}

/** What there is to tell of these alerts now. */
export function newsOf(alerts: readonly Alert[], timing: Timing): AlertNews {
  const of = (kind: NewsKind) => alerts.filter((alert) => toTell(alert, timing) === kind);
  const remaining = remainingOf(new Set(of('resolved').map(({ app }) => app)), alerts);
  return {
    started: of('started').map(subject),
    reminded: of('reminded').map(subject),
    resolved: of('resolved').map((alert) => ({
      ...subject(alert),
      resolvedAt: alert.resolvedAt ?? alert.seenAt,
    })),
    flapping: of('flapping').map((alert) => ({ ...subject(alert), times: alert.starts.length })),
    ...(remaining.length > 0 && { remaining }),
  };
}

/** What comes and goes is not over until it has been calm. */
function remainingOf(
  apps: ReadonlySet<string>,
  alerts: readonly Alert[],
): NonNullable<AlertNews['remaining']> {
  return alerts
    .filter(({ app, resolvedAt, flapping }) => apps.has(app) && (flapping || resolvedAt === undefined))
    .map((alert) => ({ ...subject(alert), seenAt: alert.seenAt }));
}

/** The same alert once people have heard what there was to tell of it. */
export function heard(alert: Alert, timing: Timing): Alert {
  const { toldAt: _, ...untold } = alert;
  switch (toTell(alert, timing)) {
    case 'started':
    case 'reminded':
    case 'flapping':
      return { ...alert, toldAt: toInstant(timing.now) };
    case 'resolved':
      return untold;
    case undefined:
      return alert;
  }
}

function toTell(alert: Alert, timing: Timing): NewsKind | undefined {
  const { flapping, resolvedAt, toldAt, seenAt } = alert;
  const isDueAgain = toldAt === undefined || isDue(toldAt, timing);
  if (flapping) return isDueAgain ? 'flapping' : undefined;
  if (resolvedAt !== undefined) return toldAt === undefined ? undefined : 'resolved';
  if (toldAt === undefined) return 'started';
  // Nobody is reminded of what may long be right: only of what has just been looked at.
  return isDueAgain && seenAt === toInstant(timing.now) ? 'reminded' : undefined;
}

/** As reports carry it: without what only the next look needs. */
function subject({ app, destination, check, problem, advice, since }: Alert): z.infer<typeof Subject> {
  return { app, ...(destination !== undefined && { destination }), check, problem, advice, since };
}
