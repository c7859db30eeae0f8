import { setTimeout as pause } from 'node:timers/promises';
import { StateError } from '../src/state/state.ts';

const patienceInMs = 60_000;
const firstPauseInMs = 250;
const longestPauseInMs = 5_000;

/**
 * Asks again for a minute while the state is away: that its server is restarted just then costs no backup. `ask` is done more than
 * once, so it must bear that. @throws {StateError} when the state is away for longer. @throws when the signal is aborted meanwhile.
 */
export async function patiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  const end = performance.now() + patienceInMs;
  for (let pauseInMs = firstPauseInMs; ; pauseInMs = Math.min(longestPauseInMs, pauseInMs * 2)) {
    try {
      return await ask();
    } catch (thrown) {
      if (!(thrown instanceof StateError) || performance.now() > end) throw thrown;
    }
    await pause(pauseInMs, undefined, { signal });
  }
}
