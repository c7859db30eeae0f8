import { DateTime } from 'luxon';
import { plannedDigests } from '../bot/digest/digest-rule.ts';
import type { Platform } from '../chat/platform.ts';
import type { ChatTools } from '../chat/tools.ts';
import type { BotPart, WorkerPart } from '../config/parts.ts';
import { type Log, type LogLevel, openLog, sentenceOf } from '../log.ts';
import type { HttpOptions } from '../ops/options.ts';
import { serveHttp } from '../ops/serve.ts';
import type { Pace } from '../queue/bullmq/pace.ts';
import { openQueue } from '../queue/bullmq.ts';
import type { Running } from '../queue/queue.ts';
import { redactor } from '../redact.ts';
import { openState } from '../state/registry.ts';
import type { State } from '../state/state.ts';
import { watchAvailability } from '../store/availability.ts';
import { openStore } from '../store/registry.ts';
import { keepAliveFile } from './alive-file.ts';
import { chatTools } from './chat-tools.ts';
import { metricsOf } from './metrics-of.ts';

export interface WorkerParts {
  readonly group: string;
  readonly config: WorkerPart;
}

export interface Parts {
  readonly bot?: {
    readonly config: BotPart;
    /** The chats it is in, made with what the product has open. */
    readonly platforms: (tools: ChatTools) => readonly Platform[] | Promise<readonly Platform[]>;
  };
  readonly workers: readonly WorkerParts[];
  readonly logLevel?: LogLevel;
  /** A file that is kept young while the product lives, for health checks. */
  readonly aliveFile?: string | undefined;
  /** What the operator is warned of at the start. */
  readonly doubts?: readonly string[];
  /** Where it tells machines how it is. */
  readonly http?: HttpOptions | undefined;
  /** How patient the queue is, if not as usual. */
  readonly pace?: Pace;
}

export interface Product extends Running {
  readonly log: Log;
}

/**
 * Puts the product together in this process: the store, then queue and state on it, then the workers and the bot that are wanted.
 * @throws {StoreError} when the store cannot be opened.
 */
export async function openProduct({
  bot,
  workers,
  logLevel = 'info',
  aliveFile,
  doubts = [],
  http,
  pace,
}: Parts): Promise<Product> {
  const configs = [...(bot ? [bot.config] : []), ...workers.map(({ config }) => config)];
  const [config] = configs;
  if (config === undefined) throw new Error('A product needs a bot or a worker.');

  const redact = redactor(configs.flatMap(({ secrets }) => secrets));
  const log = openLog({ level: logLevel, redact, forPeople: process.stderr.isTTY });
  for (const doubt of doubts) log.warn(doubt);
  const store = await openStore(config.queue, log.warn);
  const queue = openQueue(store, { warn: log.warn, ...(pace && { pace }) });
  const state = openState(store);
  const shared = { queue, state, log, redact, clock: () => DateTime.utc() };

  const metrics = http && metricsOf({ bot, workers }, shared);

  const running: Running[] = [];
  const product = {
    log,
    async close() {
      await Promise.all(running.map((part) => part.close()));
      await queue.close();
      await state.close();
      await store.close();
    },
  };

  return orClose(product, async () => {
    for (const { group, config } of workers) {
      // A bot has no use for databases, archives and destinations, and their libraries take a second to load.
      const { startWorker } = await import('../../workers/main.ts');
      const { openApps } = await import('../../workers/open-apps.ts');
      const { shutdownGrace, knownApps } = config;
      const apps = openApps(config);
      running.push(await startWorker({ ...shared, group, apps, knownApps, shutdownGrace }));
    }
    if (bot) {
      const { startBot } = await import('../bot/bot.ts');
      const counting = metrics && { onCall: metrics.called, onRun: metrics.ran };
      const platforms = await bot.platforms(chatTools(bot.config, { ...shared, ...counting }));
      running.push(await startBot({ ...shared, ...botTools(bot.config), ...counting, platforms }));
    }
    if (http && metrics) {
      running.push(
        await serveHttp(http, { ready: takesWork(state, log), metrics: metrics.text, warn: log.warn }),
      );
      log.info(`Health and metrics are at http://${http.host}:${http.port}.`);
    }
    if (aliveFile !== undefined) running.push(await keepAliveFile(aliveFile, shared));
    return product;
  });
}

/** That it answers says little: a replica, and a server that has no room left, answer and take no work. */
function takesWork(state: State, log: Log): () => Promise<void> {
  const availability = watchAvailability('The queue', log.warn);
  return async () => {
    try {
      await state.remember('ready', true, 60);
    } catch (thrown) {
      availability.failed(sentenceOf(thrown).replace(/\.$/, ''));
      throw thrown;
    }
    availability.works();
  };
}

/** What is open when something else fails would keep the process alive, and the queue locked. */
export async function orClose<Made>(open: Running, make: () => Promise<Made>): Promise<Made> {
  try {
    return await make();
  } catch (thrown) {
    await open.close();
    throw thrown;
  }
}

function botTools({ apps, access, alerts, channels, digests, timezone }: BotPart) {
  return {
    apps,
    access: { rules: access, apps: apps.map(({ name }) => name) },
    channels,
    repeatEveryInHours: alerts.repeatEvery,
    digests: plannedDigests(digests, channels, timezone),
    timezone,
  };
}
