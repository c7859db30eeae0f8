import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { allowance, type Limit } from '../allowance.ts';
import { type EditBudget, editQueue } from '../edit-queue.ts';
import { PlatformError } from '../platform.ts';

/** How much Telegram takes. */
export interface Pace {
  readonly group: EditBudget;
  readonly private: EditBudget;
  /** Between two messages or edits in one chat. */
  readonly apartMs: number;
  /** In all chats together. */
  readonly overall: Limit;
}

/**
 * Telegram takes one message a second in a chat, twenty a minute in a group, thirty a second in all; edits count too. We stay
 * below, because what is sent in time may arrive late. Frames of progress leave room in a group for answers and alerts. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
 */
export const usualPace: Pace = {
  group: { edits: 18, frames: 12, spanMs: 60_000, leastGapMs: 5000 },
  private: { edits: 60, frames: 20, spanMs: 60_000, leastGapMs: 3000 },
  apartMs: 1000,
  // Evenly: of two bursts a second apart, the first may arrive late and the second early.
  overall: { count: 1, inMs: 40 },
};

/** Whoever is told to wait longer is told so instead of being kept waiting. */
export const patienceInMs = 60_000;

/** Sends when it is a chat's turn. Chats do not wait for each other but for the limit of all. */
export interface Turns {
  /** Sends the newest frame of a message when there is room; others are dropped. `send` must not reject. */
  frame(chat: number, id: string, send: () => Promise<void>): void;
  /** Sends as soon as there is room, after a frame of the same message that is on its way. @throws {PlatformError} when it stops, or would take minutes. */
  send<Sent>(chat: number, id: string, send: () => Promise<Sent>): Promise<Sent>;
  /** Nothing is sent to a chat for so long. */
  hold(chat: number, ms: number): void;
  /** Drops the frames; all else that waits is rejected. */
  close(): void;
}

export function turns(pace: Pace): Turns {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // Every chat that waits for its turn listens.
  const chats = new Map<number, Turn>();
  const overall = patient(pace.overall, () => 0, closing.signal);

  function turnOf(chat: number): Turn {
    const turn =
      chats.get(chat) ?? openTurn(chat < 0 ? pace.group : pace.private, pace.apartMs, closing.signal);
    chats.set(chat, turn);
    return turn;
  }

  return {
    frame(chat, id, send) {
      const { queue, mine } = turnOf(chat);
      // Whoever stops wants no frame any more.
      queue.frame(id, () =>
        mine()
          .then(overall)
          .then(send, () => {}),
      );
    },
    send(chat, id, send) {
      const { queue, mine } = turnOf(chat);
      return queue.last(id, () => mine().then(overall).then(send));
    },
    hold: (chat, ms) => turnOf(chat).hold(ms),
    close() {
      closing.abort();
      for (const { queue } of chats.values()) queue.close();
    },
  };
}

interface Turn {
  readonly queue: ReturnType<typeof editQueue>;
  readonly mine: () => Promise<void>;
  hold(ms: number): void;
}

function openTurn(budget: EditBudget, apartMs: number, signal: AbortSignal): Turn {
  const queue = editQueue(budget);
  let quietUntil = 0;
  return {
    queue,
    mine: patient({ count: 1, inMs: apartMs }, () => quietUntil - performance.now(), signal),
    hold(ms) {
      quietUntil = Math.max(quietUntil, performance.now() + ms);
      queue.holdFor(ms);
    },
  };
}

/** Resolves when there is room, in the order of asking. */
function patient(limit: Limit, quietForMs: () => number, signal: AbortSignal): () => Promise<void> {
  const room = allowance([limit]);
  let before: Promise<void> = Promise.resolve();
  const waitInMs = () => Math.max(room.waitInMs(performance.now()), quietForMs());

  async function take(): Promise<void> {
    for (let ms = waitInMs(); ms > 0 && !signal.aborted; ms = waitInMs()) {
      if (ms > patienceInMs) throw tooLong(ms);
      await wait(ms, undefined, { signal }).catch(() => {}); // It only ever fails because it is cut short.
    }
    if (signal.aborted) throw new PlatformError('It was not sent, because Holdfast stops.');
    room.take(performance.now());
  }
  return () => {
    const turn = before.then(take);
    before = turn.catch(() => {}); // Whoever waits for this turn hears of it.
    return turn;
  };
}

/** What to say of a chat that has to be left alone for more than a moment. */
export function tooLong(ms: number): PlatformError {
  return new PlatformError(
    `Telegram takes nothing more in this chat for ${Math.ceil(ms / 1000)} s, because too much was sent.`,
  );
}
