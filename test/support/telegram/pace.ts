import { usualTelegramPace } from '../../../src/chat/telegram.ts';
import { type FloodLimits, floodLimits } from './flood.ts';

type Pace = typeof usualTelegramPace;

/** Everything takes a twentieth of its time, here and on the other side. */
const faster = 20;

/** As the product's, but that a test need not wait for it. */
export const quickTelegram: { readonly pace: Pace; readonly limits: FloodLimits } = {
  limits: floodLimits(faster),
  pace: {
    polling: { heldOpenInSeconds: 50, firstPauseInMs: 20, longestPauseInMs: 200, conflictPauseInMs: 100 },
    sending: {
      group: quicker(usualTelegramPace.sending.group),
      private: quicker(usualTelegramPace.sending.private),
      apartMs: usualTelegramPace.sending.apartMs / faster,
      overall: {
        ...usualTelegramPace.sending.overall,
        inMs: usualTelegramPace.sending.overall.inMs / faster,
      },
    },
  },
};

function quicker(budget: Pace['sending']['group']): Pace['sending']['group'] {
  return { ...budget, spanMs: budget.spanMs / faster, leastGapMs: budget.leastGapMs / faster };
}
