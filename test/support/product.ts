import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { onTestFinished } from 'vitest';
import { startBot } from '../../src/bot/bot.ts';
import type { ChannelRule } from '../../src/bot/channels.ts';
import type { PlannedDigest } from '../../src/bot/digest/digest-rule.ts';
import { consolePlatform, type Frame } from '../../src/chat/console.ts';
import { consoleText } from '../../src/chat/console-text.ts';
import type { Platform } from '../../src/chat/platform.ts';
import type { ChatTools } from '../../src/chat/tools.ts';
import { chatTools } from '../../src/cli/chat-tools.ts';
import type { AccessRule } from '../../src/domain/access-rule.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Log } from '../../src/log.ts';
import { openQueue } from '../../src/queue/bullmq.ts';
import type { Queue, Running } from '../../src/queue/queue.ts';
import { openState } from '../../src/state/registry.ts';
import type { State } from '../../src/state/state.ts';
import type { Store } from '../../src/store/store.ts';
import type { App } from '../../workers/app.ts';
import { startWorker } from '../../workers/main.ts';
import { quickPace } from '../queue/working.ts';

export interface ProductSetup {
  readonly apps: readonly (App & { readonly runsOn?: string })[];
  /** The groups that have a worker. Default: `default`. */
  readonly groups?: readonly string[];
  readonly access?: readonly AccessRule[];
  readonly channels?: readonly ChannelRule[];
  readonly digests?: readonly PlannedDigest[];
  /** How long the answers for a digest are waited for. Default: as the product does. */
  readonly digestPatienceInMs?: number;
  readonly platforms?: readonly Platform[];
  /** Chats that are given what the product gives them. */
  readonly chats?: (tools: ChatTools) => readonly Platform[];
  /** Products in the same corner of a store share their jobs. Default: one of its own. */
  readonly corner?: string;
  readonly redact?: (text: string) => string;
  /** Default: the real one. */
  readonly clock?: () => DateTime;
  /** In seconds, when a worker is closed with a run in hand. */
  readonly shutdownGrace?: number;
}

/** What somebody at the console was shown. */
export interface Said {
  readonly frames: readonly Frame[];
  /** The reports among them, progress left out. */
  readonly reports: readonly Report[];
  /** The last form of every message, as a terminal shows it. */
  readonly text: string;
}

export interface TestProduct {
  readonly queue: Queue;
  readonly state: State;
  readonly logged: readonly {
    readonly level: keyof Log;
    readonly sentence: string;
    readonly facts?: object;
  }[];
  /** Who asked for what and what was decided, as it is kept in the state. */
  audited(): Promise<unknown[]>;
  /** Says words at a console of its own, and gives all that was shown once everything asked for has had its last word. */
  say(words: string, as?: string): Promise<Said>;
  /** Lets a worker of the group begin, until it is closed. */
  hire(group: string): Promise<Running>;
}

/** The whole product in this process until the test ends: bot, workers and console on a real store, in a corner of its own. */
export async function startProduct(store: Store, setup: ProductSetup): Promise<TestProduct> {
  const corner = { ...store, prefix: `${store.prefix}-${setup.corner ?? randomUUID()}` };
  const {
    apps,
    groups = ['default'],
    access = [],
    channels = [],
    digests = [],
    platforms = [],
    chats = () => [],
    redact = (text) => text,
    clock = () => DateTime.utc(),
    shutdownGrace = 600,
  } = setup;
  const logged: { level: keyof Log; sentence: string; facts?: object }[] = [];
  const log = logInto(logged);
  const queue = openQueue(corner, { warn: log.warn, pace: quickPace });
  const state = openState(corner);
  const shared = { queue, state, log, redact, clock };
  const console = consolePlatform();

  const running = await Promise.all(groups.map(workerOf));
  const known = apps.map(({ name, runsOn = 'default', destinations }) => ({
    name,
    runsOn,
    destinations: destinations.map((destination) => destination.name),
  }));
  running.push(
    await startBot({
      ...shared,
      apps: known,
      access: { rules: access, apps: known.map(({ name }) => name) },
      channels,
      repeatEveryInHours: 24,
      digests,
      timezone: 'UTC',
      ...(setup.digestPatienceInMs !== undefined && { digestPatienceInMs: setup.digestPatienceInMs }),
      platforms: [console, ...platforms, ...chats({ ...chatTools({ timezone: 'UTC' }, shared), clock })],
    }),
  );

  function workerOf(group: string) {
    const mine = apps.filter(({ runsOn = 'default' }) => runsOn === group);
    return startWorker({
      ...shared,
      group,
      shutdownGrace,
      apps: new Map(mine.map((app) => [app.name, app])),
    });
  }

  onTestFinished(async () => {
    await Promise.all(running.map((part) => part.close()));
    await queue.close();
  });
  return {
    queue,
    state,
    logged,
    audited: () => factsBeginningWith('audit.', corner),
    async say(words, as = 'console:me') {
      const frames: Frame[] = [];
      await console.open({ id: as, groups: [] }, (frame) => frames.push(frame)).say(words);
      return said(frames);
    },
    async hire(group) {
      const worker = await workerOf(group);
      running.push(worker);
      return worker;
    },
  };
}

async function factsBeginningWith(start: string, { prefix, ...store }: Store): Promise<unknown[]> {
  if (store.kind === 'sql') throw new Error('Only facts in Redis can be looked through here.');
  const keys = await store.quick.keys(`${prefix}:state:${start}*`);
  const texts = await Promise.all(keys.map((key) => store.quick.get(key)));
  return texts.map((text) => JSON.parse(text ?? 'null'));
}

function said(frames: readonly Frame[]): Said {
  const last = new Map(frames.map(({ id, message }) => [id, message]));
  return {
    frames,
    reports: frames.flatMap(({ message }) => message.report ?? []),
    text: [...last.values()].map((message) => consoleText(message, 'UTC')).join('\n'),
  };
}

function logInto(logged: { level: keyof Log; sentence: string; facts?: object }[]): Log {
  const at = (level: keyof Log) => (sentence: string, facts?: object) =>
    void logged.push({ level, sentence, ...(facts && { facts }) });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
