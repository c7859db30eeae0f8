import type { Message } from './message.ts';
import type { Posted } from './platform.ts';

interface FrameTools {
  /** How long the next frame of this message has to wait; 0 when it may be sent now. */
  waitInMs(posted: Posted): number;
  /** Shows a frame. What it throws is a frame lost, which the next one makes up for. */
  send(posted: Posted, frame: Message): Promise<void>;
  onLost(thrown: unknown): void;
}

/** The frames of messages that change as something goes on: the newest waits for its turn, older ones are dropped. */
export interface Frames {
  /** Takes a frame and returns at once. */
  offer(posted: Posted, frame: Message): void;
  /** Drops what still waits, and resolves once nothing of this message is on its way any more. */
  settle(posted: Posted): Promise<void>;
  /** Drops everything that waits. */
  close(): void;
}

interface Waiting {
  next?: { readonly posted: Posted; readonly frame: Message };
  timer?: NodeJS.Timeout;
  sending?: Promise<void>;
}

export function openFrames({ waitInMs, send, onLost }: FrameTools): Frames {
  const messages = new Map<string, Waiting>();

  function schedule(key: string, waiting: Waiting): void {
    if (waiting.next === undefined) return void messages.delete(key);
    if (waiting.timer !== undefined || waiting.sending !== undefined) return;
    waiting.timer = setTimeout(() => show(key, waiting), waitInMs(waiting.next.posted));
  }

  function show(key: string, waiting: Waiting): void {
    delete waiting.timer;
    const { next } = waiting;
    if (next === undefined) return;
    if (waitInMs(next.posted) > 0) return void schedule(key, waiting); // Another message was quicker.

    delete waiting.next;
    waiting.sending = send(next.posted, next.frame)
      .catch(onLost)
      .finally(() => {
        delete waiting.sending;
        schedule(key, waiting);
      });
  }

  function drop(waiting: Waiting): void {
    delete waiting.next;
    clearTimeout(waiting.timer);
    delete waiting.timer;
  }

  return {
    offer(posted, frame) {
      const key = keyOf(posted);
      const waiting = messages.get(key) ?? {};
      messages.set(key, waiting);
      waiting.next = { posted, frame };
      schedule(key, waiting);
    },
    async settle(posted) {
      const waiting = messages.get(keyOf(posted));
      if (waiting === undefined) return;
      drop(waiting);
      await waiting.sending;
      messages.delete(keyOf(posted));
    },
    close() {
      for (const waiting of messages.values()) drop(waiting);
      messages.clear();
    },
  };
}

function keyOf({ to, id }: Posted): string {
  return `${to.place} ${id}`;
}
