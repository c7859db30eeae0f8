import { EventEmitter, on, once } from 'node:events';
import type { Message } from '../../src/chat/message.ts';
import { type Answer, type Ask, type Platform, PlatformError } from '../../src/chat/platform.ts';
import { addressName, type Who } from '../../src/domain/who.ts';

/** What a platform was given: a new message, or one it has in a new form. */
export interface Shown {
  readonly how: 'posted' | 'edited';
  /** `slack:C1` */
  readonly place: string;
  readonly id: string;
  readonly message: Message;
}

/** A chat platform that keeps everything it was given, and can be told to take nothing for a while. */
export interface MemoryPlatform extends Platform {
  readonly shown: readonly Shown[];
  /** Types words into a place; resolves when they were answered, not when what they asked for has ended. */
  type(words: string, from: Who, place: string, how?: Pick<Ask, 'private' | 'standing'>): Promise<void>;
  /** The first thing shown that is like this, before now or still to come. */
  see(like: (shown: Shown) => boolean): Promise<Shown>;
  /** Settles when the first message was refused. */
  readonly refused: Promise<unknown>;
  /** From here on every message is refused, or taken again. */
  refuse(refusing: boolean): void;
}

export function memoryPlatform(name: string): MemoryPlatform {
  const shown: Shown[] = [];
  const events = new EventEmitter();
  let answer: Answer | undefined;
  let refusing = false;

  function show(one: Shown): void {
    if (refusing) {
      events.emit('refused');
      throw new PlatformError(`${name} takes no message.`);
    }
    shown.push(one);
    events.emit('shown', one);
  }

  return {
    name,
    shown,
    refused: once(events, 'refused'),
    async start(answerTo) {
      answer = answerTo;
    },
    async post(to, message) {
      const id = String(shown.length + 1);
      show({ how: 'posted', place: addressName(to), id, message });
      return { to, id };
    },
    async edit({ to, id }, message) {
      show({ how: 'edited', place: addressName(to), id, message });
      return true;
    },
    async type(words, from, place, how = {}) {
      await answer?.({ words, from, where: { platform: name, place }, ...how });
    },
    async see(like) {
      const coming = on(events, 'shown');
      const before = shown.find(like);
      if (before !== undefined) return before;
      for await (const [one] of coming) if (like(one)) return one;
      throw new Error('A platform is never at its end.');
    },
    refuse(now) {
      refusing = now;
    },
    async close() {},
  };
}
