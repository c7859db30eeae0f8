import { startBotApi } from '../support/telegram/bot-api.ts';
import { quickTelegram } from '../support/telegram/pace.ts';
import { talker } from '../support/telegram/people.ts';

/** How a run ended, as the chat was told. */
export interface Told {
  readonly runId: string;
  readonly outcome: 'stored' | 'partly' | 'failed';
  readonly text: string;
  /** How many messages say how it ended. */
  readonly times: number;
}

/** Somebody who asks for backups in a chat, and reads what comes. */
export type Chat = Awaited<ReturnType<typeof openChat>>;

const outcomes = [
  [/ is stored \(/, 'stored'],
  [/ is stored only partly/, 'partly'],
  [/ failed: nothing was stored/, 'failed'],
] as const;

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

  return {
    token: api.token,
    root: api.root,
    person: `telegram:${ann.person.id}`,
    ask: (times = 1) => {
      for (let i = 0; i < times; i++) ann.says('/backup run shop');
    },
    /** How many messages there are by now. */
    count: () => api.messages.all().length,
    texts: () => api.messages.all().map(({ text }) => text),
    heardOf,
    told,
    /** What is asked but has not reached the bot yet. */
    waiting: () => api.updates.waiting().length,
    close: () => api.close(),
  };
}
