import { usualPollingPace } from '../../../src/chat/telegram/polling.ts';
import { usualPace } from '../../../src/chat/telegram/turns.ts';
import { type FloodLimits, floodLimits } from './flood.ts';

interface Pace {
  readonly sending: typeof usualPace;
  readonly polling: typeof usualPollingPace;
}

/** Everything takes a twentieth of its time, here and on the other side. */
const faster = 20;

/** As the product's, but that a test need not wait for it. */
export const quickTelegram: { readonly pace: Pace; readonly limits: FloodLimits } = {
  limits: floodLimits(faster),
  pace: {
    polling: { ...usualPollingPace, firstPauseInMs: 20, longestPauseInMs: 200, conflictPauseInMs: 100 },
    sending: {
      group: quicker(usualPace.group),
      private: quicker(usualPace.private),
      apartMs: usualPace.apartMs / faster,
      overall: {
        ...usualPace.overall,
        inMs: usualPace.overall.inMs / faster,
      },
    },
  },
};

function quicker(budget: Pace['sending']['group']): Pace['sending']['group'] {
  return { ...budget, spanMs: budget.spanMs / faster, leastGapMs: budget.leastGapMs / faster };
}
