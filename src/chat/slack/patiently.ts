import { setTimeout as pause } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import { tooMuchFor } from './explain.ts';

const tries = 3;
const pauseMs = 1_000;
/** Whoever waits longer is better told that it failed: what has to arrive is tried again later. */
const longestWaitMs = 5_000;

/** Tries again what Slack surely has not done: it was too much, or the server had trouble before it began. */
export async function patiently<Result>(call: () => Promise<Result>): Promise<Result> {
  for (let left = tries; ; left -= 1) {
    try {
      return await call();
    } catch (thrown) {
      const wait = waitAfter(thrown);
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

function isRefusedConnection({ cause }: Error): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
