import { PlatformError } from './platform.ts';

/** How many edits a platform takes. */
export interface EditBudget {
  /** All edits of a span together. */
  readonly edits: number;
  /** Those of them that frames of progress may take; the rest is for results. */
  readonly frames: number;
  /** The span, in milliseconds. */
  readonly spanMs: number;
  /** Between two frames of one message, in milliseconds. */
  readonly leastGapMs: number;
}

/**
 * The edits of messages under one budget. Progress is lossy: of frames that wait only the newest of a message is sent,
 * and messages take turns. A last form waits for room before all frames, and is never lost.
 */
export interface EditQueue {
  /** Sends a frame when there is room, unless a newer one comes first. `send` must not reject. */
  frame(id: string, send: () => Promise<void>): void;
  /** Sends the last form of a message as soon as there is room, after a frame of it that is on its way. Gives what `send` gives. */
  last<Sent>(id: string, send: () => Promise<Sent>): Promise<Sent>;
  /** No frame is sent for so long: the platform said that it was too much. What a last form does then is for its `send` to say. */
  holdFor(milliseconds: number): void;
  /** How long frames are still held, in milliseconds. */
  heldForMs(): number;
  /** Drops the frames; last forms that wait are rejected. */
  close(): void;
}

const lookAgainMs = 200;

export function editQueue({ edits, frames: framesInSpan, spanMs, leastGapMs }: EditBudget): EditQueue {
  const frames = new Map<string, () => Promise<void>>();
  const onTheWay = new Map<string, Promise<void>>();
  const lastSentAt = new Map<string, number>();
  const lasts: { readonly start: () => void; readonly giveUp: () => void }[] = [];
  let sentAt: number[] = [];
  let heldUntil = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function sendWhatMay(): void {
    clearTimeout(timer);
    timer = undefined;
    forgetOlderThan(performance.now() - spanMs);
    while (lasts.length > 0 && hasRoom(edits)) lasts.shift()?.start();
    if (lasts.length === 0 && heldForMs() === 0) sendFrames();
    if (lasts.length + frames.size > 0) timer = setTimeout(sendWhatMay, lookAgainMs);
  }

  function heldForMs(): number {
    return Math.max(0, heldUntil - performance.now());
  }

  function forgetOlderThan(instant: number): void {
    sentAt = sentAt.filter((at) => at > instant);
    for (const [id, at] of lastSentAt) if (at <= instant) lastSentAt.delete(id);
  }

  function hasRoom(limit: number): boolean {
    return sentAt.length < limit;
  }

  /** The more messages there are, the more seldom it is each one's turn. */
  function sendFrames(): void {
    const messages = new Set([...frames.keys(), ...lastSentAt.keys()]).size;
    const gap = Math.max(leastGapMs, (messages * spanMs) / framesInSpan);
    for (const [id, send] of frames) {
      const rested = performance.now() - (lastSentAt.get(id) ?? Number.NEGATIVE_INFINITY) >= gap;
      if (rested && !onTheWay.has(id) && hasRoom(framesInSpan)) sendFrame(id, send);
    }
  }

  function sendFrame(id: string, send: () => Promise<void>): void {
    frames.delete(id);
    count(id);
    const sending = send().finally(() => onTheWay.delete(id));
    onTheWay.set(id, sending);
  }

  function count(id: string): void {
    sentAt.push(performance.now());
    lastSentAt.set(id, performance.now());
  }

  return {
    frame(id, send) {
      if (closed) return;
      frames.set(id, send);
      if (timer === undefined) sendWhatMay();
    },
    async last(id, send) {
      frames.delete(id);
      await onTheWay.get(id);
      if (closed) throw closing();
      await new Promise<void>((resolve, reject) => {
        const start = () => {
          count(id);
          resolve();
        };
        lasts.push({ start, giveUp: () => reject(closing()) });
        sendWhatMay();
      });
      return send();
    },
    holdFor(milliseconds) {
      heldUntil = Math.max(heldUntil, performance.now() + milliseconds);
    },
    heldForMs,
    close() {
      closed = true;
      clearTimeout(timer);
      frames.clear();
      for (const { giveUp } of lasts.splice(0)) giveUp();
    },
  };
}

function closing(): PlatformError {
  return new PlatformError('The message was not edited, because Holdfast stops; it is tried again.');
}
