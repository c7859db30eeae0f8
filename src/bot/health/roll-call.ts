import { judgeWorkers } from '../../domain/health/worker-group.ts';
import type { KnownApp } from '../../domain/known-app.ts';
import { looks, type Roll, rollCalls } from '../../queue/contracts.ts';
import type { JobInHand, Queue } from '../../queue/queue.ts';
import type { State } from '../../state/state.ts';
import { isAlive } from '../status.ts';

const cron = '*/5 * * * *';

/** Long enough for a worker to be started anew, and to be missed twice. */
const absentForInMs = 4 * 60_000;
const rememberedInSeconds = 400 * 24 * 3600;

interface Calling {
  readonly apps: readonly KnownApp[];
  readonly queue: Queue;
  readonly state: State;
}

/** Has the workers called every few minutes, by whichever bot is there. Idempotent. @throws {QueueError} */
export async function scheduleRollCalls({ queue }: Pick<Calling, 'queue'>): Promise<void> {
  const there = await queue.schedules(rollCalls);
  if (there.some((call) => call.key === 'workers' && call.cron === cron && !call.isTooLate)) return;
  await queue.schedule(rollCalls, 'workers', { cron, zone: 'UTC', data: { every: 'group' } });
}

/** Sees which worker groups have nobody, and has people told of it when that lasts. @throws {QueueError} @throws {StateError} */
export async function callRoll(
  { id }: JobInHand<Roll>,
  { apps, queue, state }: Calling,
  nowInMs: number,
): Promise<void> {
  const groups = [...new Set(apps.map(({ runsOn }) => runsOn))];
  const present = new Map<string, boolean>();
  for (const group of groups) present.set(group, await isThere(group, state, nowInMs));
  const verdicts = apps.map(({ name, runsOn }) => judgeWorkers(name, runsOn, present.get(runsOn) ?? false));
  await queue.add(looks, { id: `roll.${id.replaceAll(':', '.')}`, attempts: 20, data: { verdicts } });
}

async function isThere(group: string, state: State, nowInMs: number): Promise<boolean> {
  const key = `absent.${group}`;
  if (await isAlive(group, state)) {
    await state.forget(key);
    return true;
  }
  await state.claim(key, nowInMs, rememberedInSeconds);
  const since = await state.recall(key);
  return typeof since !== 'number' || nowInMs - since < absentForInMs;
}
