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
});
export type AlertNews = z.infer<typeof AlertNews>;

export function isNews(news: AlertNews): boolean {
  return Object.values(news).some((told) => told.length > 0);
}

/** What there is to tell of these alerts now. */
export function newsOf(alerts: readonly Alert[], timing: Timing): AlertNews {
  const of = (kind: keyof AlertNews) => alerts.filter((alert) => toTell(alert, timing) === kind);
  return {
    started: of('started').map(subject),
    reminded: of('reminded').map(subject),
    resolved: of('resolved').map((alert) => ({
      ...subject(alert),
      resolvedAt: alert.resolvedAt ?? alert.seenAt,
    })),
    flapping: of('flapping').map((alert) => ({ ...subject(alert), times: alert.starts.length })),
  };
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

function toTell(alert: Alert, timing: Timing): keyof AlertNews | undefined {
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
