import type { DateTime } from 'luxon';
import { mute, mutesAt, unmute } from '../../domain/alert/mute.ts';
import type { AlertNews } from '../../domain/alert/news.ts';
import { isNews } from '../../domain/alert/news.ts';
import { AlertState, type Mute, noAlerts } from '../../domain/alert/state.ts';
import { stepAlerts } from '../../domain/alert.ts';
import { fromInstant, toInstant } from '../../domain/instant.ts';
import { readAddress } from '../../domain/who.ts';
import { type Looked, looks } from '../../queue/contracts.ts';
import type { JobInHand, Queue } from '../../queue/queue.ts';
import { inTurn } from '../../state/in-turn.ts';
import type { State } from '../../state/state.ts';
import type { ChannelRule } from '../channels.ts';
import { send } from '../send.ts';

const key = 'alerts';
const lifetimeInSeconds = 400 * 24 * 3600;

export interface Alerting {
  readonly queue: Queue;
  readonly state: State;
  readonly channels: readonly ChannelRule[];
  /** What is still wrong is told again after so many hours. */
  readonly repeatEveryInHours: number;
  readonly clock: () => DateTime;
}

/**
 * Takes in what somebody looked at, and sends what is new on its way to the channels. The news goes into the queue before the
 * state is kept: a bot that dies in between does both again, and what is in the queue already is not added twice.
 * @throws {QueueError} @throws {StateError}
 */
export async function takeIn(job: JobInHand<Looked>, alerting: Alerting): Promise<void> {
  const { queue, state, repeatEveryInHours, clock } = alerting;
  await inTurn(key, state, async () => {
    const timing = { now: clock(), repeatEveryInHours };
    const step = stepAlerts(await recallAlerts(state), job.data.verdicts, timing);
    if (step.news) await tellChannels(step.news, job.id, alerting);
    if (step.heldUntil !== undefined) {
      const delayInMs = Math.max(0, fromInstant(step.heldUntil).diff(timing.now).toMillis());
      await queue.add(looks, { id: `held.${job.id}`, attempts: 20, delayInMs, data: { verdicts: [] } });
    }
    await remember(step.state, state);
  });
}

/** Tells nothing of an app until then. @throws {StateError} */
export async function muteAlerts(muted: Mute, state: State): Promise<void> {
  await inTurn(key, state, async () => remember(mute(await recallAlerts(state), muted), state));
}

/** Tells of it again; false when it was not muted. @throws {StateError} */
export async function unmuteAlerts(app: string, now: DateTime, state: State): Promise<boolean> {
  return inTurn(key, state, async () => {
    const before = await recallAlerts(state);
    await remember(unmute(before, app), state);
    return mutesAt(before.mutes, now).some((each) => each.app === app);
  });
}

/** The mutes that have not ended. @throws {StateError} */
export async function mutesNow(now: DateTime, state: State): Promise<Mute[]> {
  return mutesAt((await recallAlerts(state)).mutes, now);
}

async function recallAlerts(state: State): Promise<AlertState> {
  const kept = AlertState.safeParse(await state.recall(key));
  return kept.success ? kept.data : noAlerts;
}

async function remember(alerts: AlertState, state: State): Promise<void> {
  await state.remember(key, alerts, lifetimeInSeconds);
}

/** What went wrong goes to those who asked for `health`, what is right again to those who asked for `recoveries`. */
async function tellChannels(
  news: AlertNews,
  jobId: string,
  { queue, channels, clock }: Alerting,
): Promise<void> {
  for (const { to, reports } of channels) {
    const wanted = newsFor(reports, news);
    if (!isNews(wanted)) continue;
    const report = { kind: 'alert', at: toInstant(clock()), news: wanted } as const;
    await send({ jobId: `alert.${jobId}`, report, to: readAddress(to) }, queue);
  }
}

function newsFor(reports: ChannelRule['reports'], news: AlertNews): AlertNews {
  const { started, reminded, resolved, flapping, remaining } = news;
  const wrong = reports.includes('health') ? { started, reminded, flapping } : noneWrong;
  if (!reports.includes('recoveries')) return { ...wrong, resolved: [] };
  return { ...wrong, resolved, ...(remaining && { remaining }) };
}

const noneWrong = { started: [], reminded: [], flapping: [] };
