import { onTestFinished } from 'vitest';
import type { EditBudget } from '../../../src/chat/edit-queue.ts';
import type { Message } from '../../../src/chat/message.ts';
import type { Ask, Platform } from '../../../src/chat/platform.ts';
import { SlackOptions } from '../../../src/chat/slack/options.ts';
import { slackPlatform } from '../../../src/chat/slack.ts';
import type { ChatTrouble, Notes } from '../../../src/chat/tools.ts';
import { freePort } from '../services/port.ts';
import type { LoopbackSlack } from './slack.ts';

export type Mode = 'Socket Mode' | 'HTTP';
export const modes: readonly Mode[] = ['Socket Mode', 'HTTP'];
const signingSecret = 'loopback-signing-secret';

interface JoinOptions {
  readonly mode?: Mode;
  readonly notes?: Notes;
  readonly budget?: EditBudget;
  readonly options?: Partial<SlackOptions>;
  /** What is done about an ask, beside writing it down. */
  readonly answer?: (ask: Ask, platform: Platform) => Promise<void>;
}

/** The Slack platform of the product, joined to a loopback Slack, with nothing behind it. */
export interface Joined {
  readonly platform: Platform;
  /** What people asked for, as the bot would hear it. */
  readonly asks: readonly Ask[];
  readonly logged: readonly string[];
  /** Settles once so many were asked. */
  asked(count: number): Promise<readonly Ask[]>;
  /** Settles with the first line of the log that is like this. */
  said(line: RegExp): Promise<string>;
}

export async function joinSlack(slack: LoopbackSlack, setup: JoinOptions = {}): Promise<Joined> {
  const { mode = 'Socket Mode', notes = notesInMemory(), budget, answer = async () => {} } = setup;
  const asks: Ask[] = [];
  const logged: string[] = [];
  const say = (sentence: string) => {
    logged.push(sentence);
    slack.changed();
  };
  const log = { debug: say, info: say, warn: say, error: say };
  const options = SlackOptions.parse({ ...(await optionsOf(slack, mode)), ...setup.options });
  const alert = async ({ problem }: ChatTrouble) => say(`Alert: ${problem}`);
  const platform = slackPlatform(options, { notes, log, alert }, budget);
  await platform.start(
    async (ask) => {
      asks.push(ask);
      slack.changed();
      await answer(ask, platform);
      return [];
    },
    async () => undefined,
    async (to, message) => void (await platform.post(to, message)),
  );
  onTestFinished(() => platform.close());

  const joined: Joined = {
    platform,
    asks,
    logged,
    asked: (count) => slack.see(() => (asks.length >= count ? asks : undefined)),
    said: (line) => slack.see(() => logged.find((each) => line.test(each))),
  };
  return joined;
}

/** What `chat.slack` of the configuration is for a way to be connected. */
export async function optionsOf(slack: LoopbackSlack, mode: Mode) {
  const { apiUrl, tokens } = slack;
  if (mode === 'Socket Mode') return { apiUrl, ...tokens };

  const port = await freePort();
  slack.deliveries.useHttp({ url: `http://127.0.0.1:${port}/slack/events`, signingSecret });
  return { apiUrl, botToken: tokens.botToken, signingSecret, port };
}

/** Settles once Slack can reach the bot. */
export async function connected(slack: LoopbackSlack, mode: Mode): Promise<void> {
  if (mode === 'Socket Mode') await slack.see(() => (slack.deliveries.sockets.size > 0 ? true : undefined));
}

export function notesInMemory(): Notes {
  const facts = new Map<string, unknown>();
  return {
    recall: async (key) => facts.get(key),
    remember: async (key, value) => void facts.set(key, value),
    async claim(key, value) {
      if (facts.has(key)) return false;
      facts.set(key, value);
      return true;
    },
    forget: async (key) => void facts.delete(key),
  };
}

/** A plain message of these words. */
export function words(title: string, more: Partial<Message> = {}): Message {
  return { tone: 'plain', title: [title], blocks: [], ...more };
}
