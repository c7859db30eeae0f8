import { mutesAt } from './alert/mute.ts';
import { type AlertNews, heard, isNews, newsOf } from './alert/news.ts';
import { observe } from './alert/observe.ts';
import type { Alert, AlertState } from './alert/state.ts';
import { isRecentMessage, messagesToStorm, stormIsOver, type Timing } from './alert/timing.ts';
import type { HealthVerdict } from './health/verdict.ts';
import { type Instant, toInstant } from './instant.ts';

/** What a look has changed. */
export interface AlertStep {
  /** To be remembered before the news is told, so that nobody hears it twice. */
  readonly state: AlertState;
  /** What to tell; left out when there is nothing, or it has to wait. */
  readonly news?: AlertNews;
  /** In a storm of messages: when to ask again, with no verdicts, for all that has come together until then. */
  readonly heldUntil?: Instant;
}

/**
 * Takes in a look at some apps and says what people should hear of it. A (app, destination, check) that begins to fail is
 * told once, again after a while as long as it fails, and once more when it is right. What comes and goes is told to do
 * so, instead of each change. After several messages in a few minutes the rest waits and is one message.
 */
export function stepAlerts(
  { alerts: before, mutes, messagesAt }: AlertState,
  verdicts: readonly HealthVerdict[],
  timing: Timing,
): AlertStep {
  const alerts = observe(before, verdicts, timing);
  const rest = {
    mutes: mutesAt(mutes, timing.now),
    messagesAt: messagesAt.filter((at) => isRecentMessage(at, timing)),
  };
  const isAudible = ({ app }: Alert) => rest.mutes.every((mute) => mute.app !== app);
  const news = newsOf(alerts.filter(isAudible), timing);
  if (!isNews(news)) return { state: { alerts, ...rest } };

  const [oldest] = rest.messagesAt;
  if (oldest !== undefined && rest.messagesAt.length >= messagesToStorm)
    return { state: { alerts, ...rest }, heldUntil: stormIsOver(oldest) };

  const told = alerts.map((alert) => (isAudible(alert) ? heard(alert, timing) : alert));
  const now = toInstant(timing.now);
  return { state: { alerts: told, ...rest, messagesAt: [...rest.messagesAt, now] }, news };
}
