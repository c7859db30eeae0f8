import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { descendantsOf, type SeenProcess } from '../support/processes.ts';
import { holdfast } from '../support/program.ts';
import { type Ceph, startCeph } from '../support/services/ceph.ts';
import { type Mariadb, startOwnMariadb } from '../support/services/mariadb.ts';
import { freePort } from '../support/services/port.ts';
import { startOwnRedis } from '../support/services/redis.ts';
import type { OwnServer } from '../support/services/service.ts';
import { startSlack } from '../support/slack/slack.ts';
import { botApiForTest } from '../support/telegram/bot-for-test.ts';
import { talker } from '../support/telegram/people.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Kept, keptRunning } from '../torture/kept-running.ts';

let redis: OwnServer;
let mariadb: Mariadb & OwnServer;
let ceph: Ceph;

beforeAll(async () => {
  [redis, mariadb, ceph] = await Promise.all([startOwnRedis(), startOwnMariadb(), startCeph()]);
});
afterAll(() => Promise.all([redis.stop(), mariadb.stop(), ceph.stop()]));

it('says no secret of its configuration to anybody, whether a run is stored or fails', async () => {
  const folder = temporaryFolder();
  const { config, secrets, environment, chats, letDump } = await configured(folder);
  const processes = await startProcesses(config, environment);
  const ann = talker(chats.telegram, 77, 'Ann');
  const watching = watchChildren(processes);

  for (const app of ['shop', 'blog', 'forum']) ann.says(`/backup run ${app}`);
  await watching.seen(/--defaults-file/);
  await letDump();
  for (const result of [/shop is stored/, /blog failed/, /forum failed/]) {
    await chats.telegram.see(({ text }) => result.test(text));
    await chats.slack.see(() => chats.slack.posted().find(({ text }) => result.test(text)));
  }
  const children = await watching.stop();
  const checked = await holdfast(folder, 'check', '--group', 'default');
  const places = {
    'arguments of children': children.map((child) => child.arguments).join('\n'),
    'environment of children': children.map((child) => `${child.arguments}: ${child.environment}`).join('\n'),
    logs: processes.flatMap((kept) => kept.log()).join('\n'),
    'all that was written to Redis': await allFilesIn(redis.place.folder),
    'what Telegram was sent': JSON.stringify(chats.telegram.calls),
    // Slack itself is shown who asks.
    'what Slack was sent': JSON.stringify(chats.slack.calls, (key, value) =>
      /^(token|authorization)$/i.test(key) ? undefined : value,
    ),
    manifests: await allFilesIn(join(folder, 'archives'), '.json'),
    'what a check says': `${checked.stdout}${checked.stderr}`,
  };

  for (const [place, text] of Object.entries(places)) {
    expect(text.length, place).toBeGreaterThan(50);
    for (const [name, secret] of Object.entries(secrets))
      for (const form of formsOf(secret)) expect(text.includes(form), `${name} in ${place}`).toBe(false);
  }
});

/** One app whose backup is stored, one whose destination says no, one whose database says no; every value a canary. */
async function configured(folder: string) {
  const slack = await startSlack();
  const telegram = await botApiForTest();
  const pings = await startPings();
  const place = await mariadb.database();
  const secrets = {
    'the password of the database': `canary "p@ss/w%rd' ${randomUUID()}`,
    'a wrong password of the database': `canary-wrong-${randomUUID()}`,
    'the key of the bucket': ceph.keys.secretAccessKey,
    'a wrong key of the bucket': `canary/wrong+${randomUUID()}`,
    'the token of Telegram': telegram.token,
    'the bot token of Slack': slack.tokens.botToken,
    'the app token of Slack': slack.tokens.appToken,
    'the password of Redis': new URL(redis.url).password,
    'the address for pings': `canary-ping-${randomUUID()}`,
    'the token for metrics': `canary-metrics-${randomUUID()}`,
  };
  const connection = await createConnection({ ...mariadb.root });
  await connection.query("ALTER USER ?@'%' IDENTIFIED BY ?", [
    place.user,
    secrets['the password of the database'],
  ]);
  await connection.query('CREATE TABLE ??.pages (body text)', [place.database]);
  // A dump waits until it was looked at.
  await connection.query('LOCK TABLES ??.pages WRITE', [place.database]);

  const files = join(folder, 'site');
  mkdirSync(files);
  writeFileSync(join(files, 'index.html'), '<h1>Shop</h1>');
  const bucket = { driver: 's3', endpoint: ceph.endpoint, bucket: await ceph.bucket() };
  const { accessKeyId } = ceph.keys;
  const database = { driver: 'mysql', ...place, dumper: 'client' };
  const app = {
    files: { include: [files], relativeTo: files },
    pings: `${pings}/${secrets['the address for pings']}`,
  };
  const written = {
    queue: { url: redis.url, prefix: `canaries-${Date.now()}` },
    http: { port: await freePort(), token: secrets['the token for metrics'] },
    chat: {
      slack: { apiUrl: slack.apiUrl, ...slack.tokens },
      telegram: { token: telegram.token, apiRoot: telegram.root },
    },
    access: [{ allow: ['all'], who: ['telegram:77'] }],
    channels: [{ to: 'slack:C1', reports: ['failures', 'successes'] }],
    destinations: {
      disk: { driver: 'local', path: join(folder, 'archives') },
      offsite: { ...bucket, credentials: { accessKeyId, secretAccessKey: '${BUCKET_KEY}' } },
      refusing: {
        ...bucket,
        credentials: { accessKeyId, secretAccessKey: secrets['a wrong key of the bucket'] },
      },
    },
    apps: {
      shop: {
        ...app,
        databases: [{ ...database, password: '${SHOP_PASSWORD}' }],
        destinations: ['disk', 'offsite'],
      },
      blog: { ...app, destinations: ['refusing'] },
      forum: {
        ...app,
        databases: [{ ...database, password: secrets['a wrong password of the database'] }],
        destinations: ['disk'],
      },
    },
  };
  const config = join(folder, 'holdfast.yml');
  writeFileSync(config, JSON.stringify(written)); // JSON is YAML, too.
  const environment = {
    SHOP_PASSWORD: secrets['the password of the database'],
    BUCKET_KEY: secrets['the key of the bucket'],
  };
  return { config, secrets, environment, chats: { slack, telegram }, letDump: () => connection.end() };
}

/** Somebody who watches from outside, and is not there at every second ping. */
async function startPings(): Promise<string> {
  let pings = 0;
  const server = createServer((_, answer) => (++pings % 2 ? answer.end() : answer.socket?.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // A server that listens on a port has this.
}

async function startProcesses(config: string, environment: Record<string, string>): Promise<Kept[]> {
  const processes = await Promise.all([
    keptRunning({ role: 'worker', config, folder: dirname(config), environment }),
    keptRunning({ role: 'bot', config, folder: dirname(config), environment }),
  ]);
  onTestFinished(async () => void (await Promise.all(processes.map((kept) => kept.kill()))));
  return processes;
}

/** Looks at all that the processes start, again and again. */
function watchChildren(processes: readonly Kept[]) {
  const seen = new Map<string, SeenProcess>();
  let watching = true;
  const watched = (async () => {
    while (watching) {
      for (const child of (await Promise.all(processes.map((kept) => descendantsOf(kept.pid())))).flat())
        seen.set(`${child.pid} ${child.arguments}`, child);
      await pause(5);
    }
  })();
  return {
    seen: (like: RegExp) =>
      vi.waitUntil(() => [...seen.values()].some((child) => like.test(child.arguments)), 60_000),
    async stop() {
      watching = false;
      await watched;
      return [...seen.values()].filter(({ arguments: words }) => !notOfTheProduct.test(words));
    },
  };
}

/** What has not become its program yet is still our own process, to the last byte; and TypeScript has a compiler here. */
const notOfTheProduct = /process\.ts|esbuild/;

async function allFilesIn(folder: string, ending = ''): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(ending));
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')),
  );
  return texts.join('\n');
}

function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ];
}
