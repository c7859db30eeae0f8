import { setTimeout as pause } from 'node:timers/promises';
import { type SentMessage, startBotApi } from '../support/telegram/bot-api.ts';
import { quickTelegram } from '../support/telegram/pace.ts';
import { talker } from '../support/telegram/people.ts';

/** How a run ended, as the chat was told. */
export interface Told {
  readonly runId: string;
  readonly outcome: 'stored' | 'partly' | 'failed' | 'cancelled';
  readonly text: string;
  /** How many messages say how it ended. */
  readonly times: number;
}

/** A clean that ended, as the chat was told. */
export interface CleanTold {
  readonly jobId: string;
  /** Everything that was to go has gone, everywhere. */
  readonly isWhole: boolean;
}

/** Somebody who asks for backups in a chat, and reads what comes. */
export type Chat = Awaited<ReturnType<typeof openChat>>;

const outcomes = [
  [/ is stored \(/, 'stored'],
  [/ is stored only partly/, 'partly'],
  [/ failed: nothing was stored/, 'failed'],
  [/ was cancelled by .*: nothing was stored/, 'cancelled'],
] as const;

/** So long a person waits for an answer. */
const patienceMs = 6000;

export async function openChat() {
  const api = await startBotApi({ limits: quickTelegram.limits });
  const ann = talker(api, 77, 'Ann');

  /** Every run that the chat ever heard of. */
  function heardOf(): Set<string> {
    return new Set(api.messages.all().flatMap(({ text }) => text.match(/\br_[a-z0-9]{8}\b/g) ?? []));
  }

  function told(): Told[] {
    return [...heardOf()].flatMap((runId) => {
      const words = api.messages.all().filter(({ text }) => text.includes(`${runId}, asked by`));
      const ended = words.flatMap(({ text }) =>
        outcomes.flatMap(([like, outcome]) => (like.test(text) ? [{ outcome, text }] : [])),
      );
      return ended[0] === undefined ? [] : [{ runId, ...ended[0], times: ended.length }];
    });
  }

  /** Runs that were heard of, and not how they ended. */
  function untold(): string[] {
    const ended = new Set(told().map(({ runId }) => runId));
    return [...heardOf()].filter((runId) => !ended.has(runId));
  }

  /** Every word of how a clean ended; one that was told twice is here twice. */
  function cleansTold(): CleanTold[] {
    return api.messages.all().flatMap(({ text }) => {
      const [, jobId] = /\b(c_[a-z0-9]{8}), asked by .*, ended /.exec(text) ?? [];
      return jobId === undefined ? [] : [{ jobId, isWhole: /Cleaned shop: |shop is clean: /.test(text) }];
    });
  }

  async function seen(like: (message: SentMessage) => boolean): Promise<SentMessage | undefined> {
    for (const end = Date.now() + patienceMs; Date.now() < end; await pause(25)) {
      const found = api.messages.all().find(like);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  let cleansConfirmed = 0;

  return {
    token: api.token,
    root: api.root,
    person: `telegram:${ann.person.id}`,
    ask: (times = 1) => {
      for (let i = 0; i < times; i++) ann.says('/backup run shop');
    },
    /** Cancels a run that has not ended; false when there is none. */
    cancel(): boolean {
      const runId = untold().at(-1);
      if (runId !== undefined) ann.says(`/backup cancel ${runId}`);
      return runId !== undefined;
    },
    /** Asks what a clean would remove and confirms it, as far as the bot answers. */
    async clean(): Promise<void> {
      const since = api.nextId();
      ann.says('/backup clean shop');
      const plan = await seen(({ id, buttons }) => id > since && buttons.flat().some(isDeletion));
      if (plan === undefined) return;
      ann.presses(plan, /^Delete /).catch(withdrawn);
      const prompt = await seen(({ id, forceReply }) => id > plan.id && forceReply);
      if (prompt === undefined) return;
      cleansConfirmed += 1;
      ann.says('shop', { replyTo: prompt });
    },
    cleansConfirmed: () => cleansConfirmed,
    cleansTold,
    heardOf,
    told,
    untold,
    /** What is asked but has not reached the bot yet. */
    waiting: () => api.updates.waiting().length,
    close: () => api.close(),
  };
}

function isDeletion({ text }: { readonly text: string }): boolean {
  return text.startsWith('Delete ');
}

/** The bot has taken its button away in this moment. */
function withdrawn(): void {}
