import { randomUUID } from 'node:crypto';
import type { Who } from '../domain/who.ts';
import type { Message } from './message.ts';
import { type Answer, PlaceClosed, type Platform, PlatformError } from './platform.ts';

/** What a session is shown: a new message, or a message it has seen in a new form. */
export interface Frame {
  readonly shows: 'new' | 'changed';
  readonly id: string;
  readonly message: Message;
}

/** Somebody at a console: a terminal, a socket, a test. */
export interface ConsoleSession {
  /** Asks, and resolves when everything that was asked for has had its last word. */
  say(words: string): Promise<void>;
  /** What is still on its way to this session is dropped from here on. */
  leave(): void;
}

export interface ConsolePlatform extends Platform {
  open(who: Who, show: (frame: Frame) => void): ConsoleSession;
}

/** The chat that needs nothing: whoever can reach it may use the machine anyway, so the console is the operator. */
export function consolePlatform(): ConsolePlatform {
  const process = randomUUID();
  const sessions = new Map<string, (frame: Frame) => void>();
  const awaited = awaitedJobs();
  let answer: Answer | undefined;

  /** False when the session has left; a console keeps nothing for later. */
  function show(place: string, frame: Frame): boolean {
    const toSession = sessions.get(place);
    if (toSession === undefined) return false;

    toSession(frame);
    if (frame.message.concludes !== undefined) awaited.conclude(frame.message.concludes);
    return true;
  }

  return {
    name: 'console',
    process,
    async start(answerTo) {
      answer = answerTo;
    },
    async post(to, message) {
      const id = randomUUID();
      if (!show(to.place, { shows: 'new', id, message }))
        throw new PlaceClosed('The console where this was asked was closed meanwhile.', 'part');
      return { to, id };
    },
    async edit({ to, id }, message) {
      return show(to.place, { shows: 'changed', id, message });
    },
    open(who, toSession) {
      const place = randomUUID();
      sessions.set(place, toSession);
      return {
        async say(words) {
          if (answer === undefined) throw new PlatformError('The console was asked before it was started.');
          const jobs = await answer({ words, from: who, where: { platform: 'console', place, process } });
          await Promise.all(jobs.map(awaited.conclusionOf));
        },
        leave: () => void sessions.delete(place),
      };
    },
    async close() {
      sessions.clear();
    },
  };
}

/** Jobs and their last word, whichever of the two is heard of first. */
function awaitedJobs() {
  const conclusions = new Map<string, PromiseWithResolvers>();

  function of(jobId: string): PromiseWithResolvers {
    const known = conclusions.get(jobId) ?? promiseWithResolvers();
    conclusions.set(jobId, known);
    return known;
  }

  return {
    conclude: (jobId: string) => of(jobId).resolve(),
    async conclusionOf(jobId: string): Promise<void> {
      await of(jobId).promise;
      conclusions.delete(jobId);
    },
  };
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

// Promise.withResolvers came with Node 22.
function promiseWithResolvers(): PromiseWithResolvers {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
