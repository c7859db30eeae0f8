import { setTimeout as wait } from 'node:timers/promises';
import type { BotApi } from './api.ts';
import { isFailure, TelegramFailure } from './failure.ts';
import { wantedUpdates } from './update.ts';

interface PollingTools {
  readonly api: BotApi;
  /** Takes an update and returns at once; what becomes of it is its own business. */
  take(update: unknown): void;
  /** Hears of every request whether it went well, or why not. */
  onRequest(failure?: TelegramFailure): void;
  readonly pace?: PollingPace;
}

export interface PollingPace {
  /** Telegram holds a request open for so long at most: https://core.telegram.org/bots/api#getupdates */
  readonly heldOpenInSeconds: number;
  readonly firstPauseInMs: number;
  readonly longestPauseInMs: number;
  /** While another process polls. */
  readonly conflictPauseInMs: number;
}

export interface Polling {
  /** Resolves once nothing is asked any more, and what was taken is confirmed where that is quick. */
  close(): Promise<void>;
}

export const usualPollingPace: PollingPace = {
  heldOpenInSeconds: 50,
  firstPauseInMs: 1000,
  longestPauseInMs: 60_000,
  conflictPauseInMs: 15_000,
};

/**
 * Asks for updates until it is closed, whatever comes between: it waits ever longer while Telegram is away, and slowly tries
 * again while another process polls. Only a token that is not known ends it.
 */
export function startPolling({ api, take, onRequest, pace = usualPollingPace }: PollingTools): Polling {
  const closing = new AbortController();
  const { signal } = closing;
  let offset = 0;
  let failures = 0;
  let connected = false;

  async function poll(): Promise<void> {
    while (!signal.aborted) {
      try {
        const updates = await fetchUpdates();
        failures = 0;
        onRequest();
        for (const update of updates) {
          offset = update.update_id + 1;
          take(update);
        }
      } catch (thrown) {
        if (signal.aborted) return;
        const failure = asFailure(thrown);
        onRequest(failure);
        if (isFailure(failure, 'unauthorized')) return;
        connected = false;
        failures += 1;
        await pause(pauseAfter(failure, failures, pace), signal);
      }
    }
  }

  /** The first request is answered at once, so that it is soon known whether anything is wrong. */
  async function fetchUpdates() {
    if (!connected) await api.call('deleteWebhook', {}, { signal }); // With one set, polling is refused.
    const timeout = connected ? pace.heldOpenInSeconds : 0;
    const asked = { offset, timeout, allowed_updates: wantedUpdates };
    const updates = await api.call('getUpdates', asked, { signal, timeoutInMs: (timeout + 10) * 1000 });
    connected = true;
    return updates;
  }

  const polling = poll();
  return {
    async close() {
      closing.abort();
      await polling;
      if (connected && offset > 0) await confirm(api, offset);
    },
  };
}

function asFailure(thrown: unknown): TelegramFailure {
  if (thrown instanceof TelegramFailure) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const sentence = `Updates from Telegram could not be read: ${reason}.`;
  return new TelegramFailure({ is: 'unclear' }, sentence, { cause: thrown });
}

function pauseAfter({ why }: TelegramFailure, failures: number, pace: PollingPace): number {
  if (why.is === 'flood') return why.retryAfterInMs;
  if (why.is === 'conflict') return pace.conflictPauseInMs;
  return Math.min(pace.longestPauseInMs, pace.firstPauseInMs * 2 ** (failures - 1));
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {}); // It only ever fails because it is cut short.
}

/** Nothing is lost without it: what was taken is known by its number when it comes again. */
async function confirm(api: BotApi, offset: number): Promise<void> {
  await api.call('getUpdates', { offset, limit: 1, timeout: 0 }, { timeoutInMs: 1000 }).catch(() => {});
}
