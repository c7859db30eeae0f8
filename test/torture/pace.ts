import { type Pace, usualPace } from '../../src/queue/bullmq/pace.ts';

/** A dead worker is noticed within seconds, but not one that only waits for its turn on a busy machine. */
export const torturePace: Pace = {
  ...usualPace,
  lockMs: 4000,
  stalledCheckMs: 1000,
  firstPauseMs: 100,
  lateCheckMs: 2000,
};
