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

/** How long all processes leave a chat alone. */
const Quiet = z.object({ untilMs: z.number(), forMs: z.number() });

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
      const { data: quiet } = Quiet.safeParse(await notes.recall(keyOf(chat)));
      // However much the clock of whoever was told so is ahead, it is never for longer than was said.
      if (quiet !== undefined) hold(chat, Math.min(quiet.untilMs - clock().toMillis(), quiet.forMs));
    },
    async obey(chat, retryAfterInMs) {
      log.warn(`Telegram asks to send nothing to ${chat} for ${Math.ceil(retryAfterInMs / 1000)} s.`);
      turns.hold(chat, retryAfterInMs);
      const quiet = { untilMs: clock().toMillis() + retryAfterInMs, forMs: retryAfterInMs };
      await notes.remember(keyOf(chat), quiet, retryAfterInMs / 1000 + 1);
      hold(chat, retryAfterInMs);
    },
  };
}
