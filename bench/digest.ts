import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { startBot } from '../src/bot/bot.ts';
import { toInstant } from '../src/domain/instant.ts';
import { type RunRecord, runRecordsKey } from '../src/domain/run-record.ts';
import { openLog } from '../src/log.ts';
import { openQueue } from '../src/queue/bullmq.ts';
import { digests } from '../src/queue/contracts.ts';
import { openState } from '../src/state/registry.ts';
import type { State } from '../src/state/state.ts';
import { StoreOptions } from '../src/store/options.ts';
import { openStore } from '../src/store/registry.ts';
import { memoryPlatform } from '../test/support/memory-platform.ts';
import { startOwnRedis } from '../test/support/services/redis.ts';
import type { App } from '../workers/app.ts';
import { startWorker } from '../workers/main.ts';
import { putSchedules } from '../workers/schedules/put-schedules.ts';
import { makeApps } from './make-apps.ts';

const counts = [100, 500, 1_000, 2_000];
const daysOfRuns = 45;
const now = DateTime.fromISO('2026-11-23T08:00:05Z', { zone: 'utc' });
const digest = { to: 'memory:C1', cron: '0 8 * * *', zone: 'UTC', picture: true };

/**
 * What a digest costs against how many apps there are, from its firing to the platform that gets it: a bot and a worker in
 * one process, Redis, and a folder with the backups and manifests of a week for each app. A table that Markdown understands.
 */
export async function digestCosts(say: (sentence: string) => void): Promise<string> {
  const rows: string[] = [];
  for (const count of counts) {
    say(`Making ${count} apps …`);
    const seconds = await secondsToTell(count, say);
    const each = (seconds * 1_000) / count;
    rows.push(`| ${count.toLocaleString('en-US')} | ${seconds.toFixed(2)} | ${each.toFixed(2)} |`);
  }
  return ['| apps | seconds to the digest | milliseconds an app |', '|--:|--:|--:|', ...rows, ''].join('\n');
}

async function secondsToTell(count: number, say: (sentence: string) => void): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  const redis = await startOwnRedis();
  try {
    const apps = await makeApps(folder, count, now);
    return await tellDigest(redis.url, apps, say);
  } finally {
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tellDigest(
  url: string,
  apps: readonly App[],
  say: (sentence: string) => void,
): Promise<number> {
  const log = openLog({ level: 'error', redact: (text) => text, forPeople: true });
  const store = await openStore(StoreOptions.parse({ url, prefix: 'bench' }), log.warn);
  const queue = openQueue(store, { warn: log.warn });
  const state = openState(store);
  const chat = memoryPlatform('memory');
  const shared = { queue, state, log, redact: (text: string) => text, clock: () => now };

  const ofGroup = { group: 'default', apps: new Map(apps.map((app) => [app.name, app])) };
  await Promise.all(apps.map(({ name }) => remember(name, state)));
  await putSchedules({ ...ofGroup, ...shared });
  const worker = await startWorker({ ...shared, ...ofGroup, shutdownGrace: 0 });
  const bot = await startBot({
    ...shared,
    apps: apps.map(({ name }) => ({ name, runsOn: 'default', destinations: ['disk'] })),
    access: { rules: [], apps: [] },
    channels: [],
    platforms: [chat],
    digests: [digest],
    timezone: 'UTC',
    repeatEveryInHours: 24,
  });
  say('Telling the digest …');
  const before = performance.now();
  await queue.add(digests, { id: randomUUID(), data: { step: 'begin', place: digest.to } });
  await chat.see(() => true);
  const seconds = (performance.now() - before) / 1_000;

  await Promise.all([worker.close(), bot.close()]);
  await queue.close();
  await store.close();
  return seconds;
}

/** A run a night. */
async function remember(app: string, state: State): Promise<void> {
  for (let daysAgo = daysOfRuns; daysAgo > 0; daysAgo--) {
    const run: RunRecord = {
      runId: `r_${app}_${daysAgo}`,
      outcome: daysAgo % 17 === 0 ? 'failed' : 'stored',
      finishedAt: toInstant(now.minus({ days: daysAgo }).plus({ hours: 18 })),
      seconds: 60,
      sizeInBytes: 1_000_000,
    };
    await state.append(runRecordsKey(app), run, { atMost: 400, lifetimeInSeconds: 3_600 });
  }
}
