import { setTimeout as pause } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import { tooMuchFor } from './explain.ts';

const tries = 3;
const pauseMs = 1_000;
/** Whoever waits longer is better told that it failed: what has to arrive is tried again later. */
const longestWaitMs = 5_000;

interface Patience {
  /** Slack knows the second call for the first, or takes no harm from it: then a lost answer is asked for again. */
  readonly repeatable: boolean;
}

/** Tries again what Slack surely has not done: it was too much, or the server had trouble before it began. */
export async function patiently<Result>(
  call: () => Promise<Result>,
  { repeatable }: Patience = { repeatable: false },
): Promise<Result> {
  for (let left = tries; ; left -= 1) {
    try {
      return await call();
    } catch (thrown) {
      const wait = waitAfter(thrown) ?? (repeatable && isUnclear(thrown) ? pauseMs : undefined);
      if (wait === undefined || wait > longestWaitMs || left === 1) throw thrown;
      await pause(wait);
    }
  }
}

function waitAfter(thrown: unknown): number | undefined {
  if (thrown instanceof webApi.WebAPIHTTPError) return thrown.statusCode === 503 ? pauseMs : undefined;
  if (thrown instanceof webApi.WebAPIRequestError)
    return isRefusedConnection(thrown.original) ? pauseMs : undefined;
  return tooMuchFor(thrown);
}

/** It may have been done, and the answer lost. */
function isUnclear(thrown: unknown): boolean {
  if (thrown instanceof webApi.WebAPIHTTPError) return thrown.statusCode >= 500;
  return thrown instanceof webApi.WebAPIRequestError;
}

function isRefusedConnection({ cause }: Error): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
