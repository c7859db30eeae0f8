import type { CleanedPlace, CleanProgress } from '../../src/domain/cleanup-report.ts';
import type { CleanJob } from '../../src/queue/contracts.ts';
import type { JobInHand } from '../../src/queue/queue.ts';
import type { Tools } from '../tools.ts';
import { Cancelled, watchCancel } from '../watch-cancel.ts';
import { cleanPlace } from './clean-place.ts';
import type { PlacePlan } from './plan-app.ts';

/** All destinations at once. Somebody may cancel it meanwhile. */
export async function carryOutPlans(
  plans: readonly PlacePlan[],
  job: JobInHand<CleanJob>,
  { state, log, stopping }: Pick<Tools, 'state' | 'log' | 'stopping'>,
): Promise<{ readonly places: CleanedPlace[]; readonly cancelled?: Cancelled }> {
  const watch = await watchCancel(job.id, { state, log });
  const signal = AbortSignal.any([job.signal, stopping, watch.signal]);
  const toRemove = plans.reduce((total, place) => total + goingIn(place), 0);
  const { app, how } = job.data.command;
  let removed = 0;
  const onRemoved = () => {
    removed += 1;
    job.progress({ app, removed, toRemove } satisfies CleanProgress);
  };
  const work = { app, unattended: how === 'yes', state, signal, onRemoved };

  try {
    const places = await Promise.all(plans.map((place) => cleanPlace(place, work)));
    const why: unknown = signal.reason;
    return { places, ...(why instanceof Cancelled && { cancelled: why }) };
  } finally {
    watch.close();
  }
}

function goingIn(place: PlacePlan): number {
  return place.reachable ? place.plan.remove.length + place.leftovers.length : 0;
}
