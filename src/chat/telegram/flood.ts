import { z } from 'zod';
import type { ChatTools } from '../tools.ts';
import { patienceInMs, type Turns, tooLong } from './turns.ts';

/** Keeps to what Telegram said about sending less, in every process. */
export interface Flood {
  /** Leaves a chat alone as long as any process was told to. @throws {PlatformError} when that is minutes. */
  respect(chat: number): Promise<void>;
  /** Telegram takes nothing there for so long. @throws {PlatformError} when that is minutes. */
  obey(chat: number, retryAfterInMs: number): Promise<void>;
}

const UntilMs = z.number();

export function flood(
  { notes, clock, log }: Pick<ChatTools, 'notes' | 'clock' | 'log'>,
  turns: Turns,
): Flood {
  const keyOf = (chat: number) => `telegram.quiet.${chat}`;

  function hold(chat: number, ms: number): void {
    turns.hold(chat, ms);
    if (ms > patienceInMs) throw tooLong(ms);
  }

  return {
    async respect(chat) {
      const until = UntilMs.safeParse(await notes.recall(keyOf(chat)));
      if (until.success) hold(chat, until.data - clock().toMillis());
    },
    async obey(chat, retryAfterInMs) {
      log.warn(`Telegram asks to send nothing to ${chat} for ${Math.ceil(retryAfterInMs / 1000)} s.`);
      turns.hold(chat, retryAfterInMs);
      await notes.remember(keyOf(chat), clock().toMillis() + retryAfterInMs, retryAfterInMs / 1000 + 1);
      hold(chat, retryAfterInMs);
    },
  };
}
