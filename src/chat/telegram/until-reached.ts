import { setTimeout as wait } from 'node:timers/promises';
import { isFailure } from './failure.ts';
import type { Trouble } from './trouble.ts';

const firstPauseInMs = 1000;
const longestPauseInMs = 60_000;

/**
 * Does something with Telegram that has to work in the end: while it is away it is tried again, ever more seldom.
 * @throws {TelegramFailure} when Telegram says no. @throws when `signal` is aborted.
 */
export async function untilReached<Done>(
  act: () => Promise<Done>,
  { signal, trouble }: { readonly signal: AbortSignal; readonly trouble: Trouble },
): Promise<Done> {
  for (let failures = 0; ; failures++) {
    try {
      const done = await act();
      trouble.heard();
      return done;
    } catch (thrown) {
      if (signal.aborted || isFailure(thrown, 'unauthorized', 'refused')) throw thrown;
      trouble.failed(thrown);
      await wait(Math.min(longestPauseInMs, firstPauseInMs * 2 ** failures), undefined, { signal });
    }
  }
}
