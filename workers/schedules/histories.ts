import { DateTime } from 'luxon';
import type { Firing } from '../../src/domain/firing.ts';
import { newHistory, ScheduleHistory } from '../../src/domain/schedule/history.ts';
import type { Schedule } from '../../src/domain/schedule.ts';
import type { State } from '../../src/state/state.ts';

type ChoreOfApp = Pick<Firing, 'app' | 'chore'>;

const rememberedInSeconds = 400 * 24 * 3600;

/** The schedule that the queue has, and its next firing: in the past while nobody has taken that. */
type InQueue = Schedule & { readonly nextAt?: Date };

/**
 * What is known of the schedule of a chore. Earlier versions noted only when they last saw to it, and nothing before the first time:
 * then `inQueue` is what held until now. @throws {StateError}
 */
export async function recallHistory(
  of: ChoreOfApp,
  inQueue: InQueue | undefined,
  state: State,
): Promise<ScheduleHistory | undefined> {
  const known = await state.recall(keyOf(of));
  const history = ScheduleHistory.safeParse(known);
  if (history.success) return history.data;
  if (inQueue === undefined) return undefined;
  if (typeof known === 'string') return newHistory(inQueue, DateTime.fromISO(known, { zone: 'utc' }));
  return inQueue.nextAt && newHistory(inQueue, DateTime.fromJSDate(inQueue.nextAt).minus(1));
}

/** @throws {StateError} */
export async function rememberHistory(of: ChoreOfApp, history: ScheduleHistory, state: State): Promise<void> {
  await state.remember(keyOf(of), history, rememberedInSeconds);
}

function keyOf({ app, chore }: ChoreOfApp): string {
  return `seen-to.${chore}.${app}`;
}
