import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holdfast, startHoldfast } from '../support/program.ts';
import { startRedis } from '../support/services/redis.ts';
import type { Service } from '../support/services/service.ts';
import type { BotApi } from '../support/telegram/bot-api.ts';
import { botApiForTest } from '../support/telegram/bot-for-test.ts';
import { floodLimits } from '../support/telegram/flood.ts';
import { talker } from '../support/telegram/people.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let redis: Service;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

it('goes on in the same message when the bot is killed in the middle of a run', async () => {
  const api = await botApiForTest({ limits: floodLimits() });
  const folder = shopIn(api, { sizeInMiB: 600 });
  const ann = talker(api, 77, 'Ann');
  const worker = startHoldfast(folder, 'worker');
  const killed = startHoldfast(folder, 'bot');
  await Promise.all([worker.logged(/is ready for shop/), killed.logged(/The bot is ready/)]);

  ann.says('/backup run shop');
  const card = await api.see(({ text }) => text.includes('is running'));
  await killed.stop('SIGKILL');
  const bot = startHoldfast(folder, 'bot');
  const result = await api.see(({ text }) => text.includes('is stored'));
  await bot.stop('SIGTERM');

  expect(result.id).toBe(card.id);
  expect(api.messages.all()).toHaveLength(1);
  expect(api.calls.filter(({ status }) => status === 429)).toEqual([]);
});

it('stops when it is told to, though Telegram holds its request open, and leaves nothing unconfirmed', async () => {
  const api = await botApiForTest({ limits: floodLimits() });
  const bot = startHoldfast(shopIn(api), 'bot');
  await bot.logged(/The bot is ready/);
  talker(api, 77, 'Ann').says('/whoami');
  await api.see(({ text }) => text.includes('telegram:77'));

  const { exitCode } = await bot.stop('SIGTERM');

  expect(exitCode).toBe(0);
  expect(api.updates.waiting()).toEqual([]);
});

it('ends with a sentence when Telegram does not know the token', async () => {
  const api = await botApiForTest();
  const folder = shopIn(api);
  api.revokeToken();

  const { exitCode, stderr } = await holdfast(folder, 'bot');

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^Telegram does not know this token\. Take chat\.telegram\.token from BotFather again/m,
  );
  expect(stderr).not.toContain(api.token);
});

/** A folder with a shop of so many mebibytes, for a bot that is in this Telegram and where Ann may do all. */
function shopIn(api: BotApi, { sizeInMiB = 1 } = {}): string {
  const folder = temporaryFolder();
  const site = join(folder, 'site');
  mkdirSync(site);
  writeFileSync(join(site, 'orders'), '');
  truncateSync(join(site, 'orders'), sizeInMiB * 1024 * 1024);
  const config = {
    queue: { url: redis.url, prefix: `telegram-${Date.now()}` },
    chat: { telegram: { token: api.token, apiRoot: api.root } },
    access: [{ allow: ['all'], who: ['telegram:77'] }],
    destinations: { disk: { driver: 'local', path: join(folder, 'backups') } },
    apps: { shop: { files: { include: [site], relativeTo: site }, destinations: ['disk'] } },
  };
  writeFileSync(join(folder, 'holdfast.yml'), JSON.stringify(config)); // JSON is YAML, too.
  return folder;
}
