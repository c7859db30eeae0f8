import { HandedBack, type JobInHand } from '../../src/queue/queue.ts';
import { type State, StateError } from '../../src/state/state.ts';

const lifetimeInSeconds = 7 * 24 * 3600;

type Start = Pick<JobInHand<unknown>, 'id' | 'attempt'>;

/**
 * Says that this start of a run is the one that counts. An earlier one may still live: its worker was frozen, or cut off from the
 * queue, for so long that it was taken for dead. @throws {StateError}
 */
export async function takeTurn({ id, attempt }: Start, state: State): Promise<void> {
  if (attempt > 1) await state.remember(turnOf(id), attempt, lifetimeInSeconds);
}

/**
 * Lets go of a run that another worker has begun again meanwhile: two must not store, remove or tell for the same run. While the
 * state cannot be asked nobody else is known of, and the run goes on. @throws {HandedBack}
 */
export async function refuseIfTakenOver({ id, attempt }: Start, state: State): Promise<void> {
  const turn = await unlessAway(state.recall(turnOf(id)));
  if (typeof turn === 'number' && turn > attempt)
    throw new HandedBack(`Run ${id} was begun again by another worker, which goes on with it.`);
}

function turnOf(runId: string): string {
  return `turn-of.${runId}`;
}

async function unlessAway(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (thrown) {
    if (thrown instanceof StateError) return undefined;
    throw thrown;
  }
}
