import { EventEmitter, on } from 'node:events';
import { DateTime } from 'luxon';
import { onTestFinished } from 'vitest';
import type { Message } from '../../../src/chat/message.ts';
import type { Ask, PlaceNews, Platform, Refuse } from '../../../src/chat/platform.ts';
import { TelegramOptions } from '../../../src/chat/telegram/options.ts';
import { telegramPlatform } from '../../../src/chat/telegram.ts';
import type { ChatTools, ChatTrouble, Notes } from '../../../src/chat/tools.ts';
import { addressName } from '../../../src/domain/who.ts';
import type { BotApi } from './bot-api.ts';
import { quickTelegram } from './pace.ts';

interface Setup {
  readonly notes: Notes;
  readonly options?: object;
  readonly pace?: typeof quickTelegram.pace;
  readonly clock?: () => DateTime;
  /** Default: nobody is refused anything. */
  readonly refuse?: Refuse;
  /** What becomes of words, besides being written down. */
  readonly answer?: (ask: Ask, platform: Platform) => Promise<void>;
}

export interface TestedPlatform {
  readonly platform: Omit<Platform, 'start'>;
  /** Begins to take words, which are written down. */
  start(): Promise<void>;
  readonly asks: readonly Ask[];
  readonly alerts: readonly ChatTrouble[];
  /** What it learned of places without posting there: `closed telegram:-100`. */
  readonly news: readonly string[];
  readonly logged: readonly string[];
  /** The first words like these, now or later. */
  asked(words: string): Promise<Ask>;
  /** The first trouble like this that was reported. */
  alerted(problem: RegExp): Promise<ChatTrouble>;
  /** The first news of a place that is like this. */
  learned(news: RegExp): Promise<string>;
}

/** Telegram's part of the bot, without a bot: it writes down what it is asked. Closed with the test. */
export function telegramOn(api: BotApi, setup: Setup): TestedPlatform {
  const {
    notes,
    options = {},
    refuse = async () => undefined,
    pace = quickTelegram.pace,
    clock = () => DateTime.utc(),
    answer,
  } = setup;
  const asks: Ask[] = [];
  const alerts: ChatTrouble[] = [];
  const news: string[] = [];
  const logged: string[] = [];
  const events = new EventEmitter();
  const log = (sentence: string) => void logged.push(sentence);
  const tools: ChatTools = {
    ...{ notes, clock, timezone: 'UTC', commands: [{ verb: 'run', does: 'backs up' }] },
    log: { debug: log, info: log, warn: log, error: log },
    async alert(trouble) {
      alerts.push(trouble);
      events.emit('alert', trouble);
    },
    places: newsInto(news, events),
  };
  const read = TelegramOptions.parse({ token: api.token, apiRoot: api.root, ...options });
  const platform = telegramPlatform(read, tools, pace);
  onTestFinished(() => platform.close());

  return {
    platform,
    start: () =>
      platform.start(
        async (ask) => {
          asks.push(ask);
          events.emit('ask', ask);
          await answer?.(ask, platform);
          return [];
        },
        refuse,
        async (to, message) => void (await platform.post(to, message)),
      ),
    asks,
    alerts,
    news,
    logged,
    asked: (words) => first(events, 'ask', asks, (ask) => ask.words === words),
    alerted: (problem) => first(events, 'alert', alerts, (trouble) => problem.test(trouble.problem)),
    learned: (like) => first(events, 'news', news, (each) => like.test(each)),
  };
}

function newsInto(news: string[], events: EventEmitter): PlaceNews {
  const hear = async (sentence: string) => {
    news.push(sentence);
    events.emit('news', sentence);
  };
  return {
    closed: (place, reason) => hear(`closed ${addressName(place)}: ${reason}`),
    opened: (place) => hear(`opened ${addressName(place)}`),
  };
}

/** A message that says this and no more. */
export function saying(text: string, more: Partial<Message> = {}): Message {
  return { tone: 'plain', title: [text], blocks: [], ...more };
}

async function first<Thing>(
  events: EventEmitter,
  name: string,
  before: readonly Thing[],
  like: (thing: Thing) => boolean,
): Promise<Thing> {
  const coming = on(events, name);
  const known = before.find(like);
  if (known !== undefined) return known;
  for await (const [thing] of coming) if (like(thing)) return thing;
  throw new Error('Nothing of it ever came.');
}
