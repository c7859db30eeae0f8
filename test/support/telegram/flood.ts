import { Refusal } from './refusal.ts';

export interface FloodLimits {
  /** Messages and edits in one chat. A second's worth may come at once: Telegram lets short bursts pass. */
  readonly perChat: readonly Limit[];
  /** The same for a group. */
  readonly perGroup: readonly Limit[];
  readonly overall: readonly Limit[];
}

export interface Limit {
  readonly count: number;
  readonly inMs: number;
}

/**
 * One message a second and chat, twenty a minute and group, thirty a second in all. `faster` makes all of it so many times quicker.
 * https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
 */
export function floodLimits(faster = 1): FloodLimits {
  const within = (count: number, seconds: number) => [{ count, inMs: (seconds * 1000) / faster }];
  return { perChat: within(5, 4), perGroup: within(20, 59), overall: within(30, 1) };
}

/** Counts what is sent, and refuses what is too much. */
export function floodControl({ perChat, perGroup, overall }: FloodLimits) {
  const sent: { readonly chat: number; readonly at: number }[] = [];

  return {
    /** @throws {Refusal} 429 */
    take(chat: number): void {
      const now = Date.now();
      const here = sent.filter((one) => one.chat === chat);
      const waits = [
        ...[...perChat, ...(chat < 0 ? perGroup : [])].map((limit) => waitFor(limit, here, now)),
        ...overall.map((limit) => waitFor(limit, sent, now)),
      ];
      const retryAfter = Math.ceil(Math.max(0, ...waits) / 1000);
      if (retryAfter > 0) {
        const parameters = { retry_after: retryAfter };
        throw new Refusal(429, `Too Many Requests: retry after ${retryAfter}`, parameters);
      }
      sent.push({ chat, at: now });
    },
  };
}

function waitFor({ count, inMs }: Limit, sent: readonly { readonly at: number }[], now: number): number {
  const last = sent.at(-count);
  return last === undefined ? 0 : last.at + inMs - now;
}
