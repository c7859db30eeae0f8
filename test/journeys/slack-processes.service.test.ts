import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type Started, startHoldfast } from '../support/program.ts';
import { freePort } from '../support/services/port.ts';
import { startRedis } from '../support/services/redis.ts';
import type { Service } from '../support/services/service.ts';
import { type Mode, modes, optionsOf } from '../support/slack/join.ts';
import { type LoopbackSlack, startSlack } from '../support/slack/slack.ts';
import type { SlackMessage } from '../support/slack/workspace.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let redis: Service;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const readyWords: Record<Mode, RegExp> = {
  'Socket Mode': /Slack is connected/,
  HTTP: /Slack is awaited at/,
};

it.each(modes)(
  'is the same in Slack over %s, with bot and worker each in a process of its own',
  async (mode) => {
    const { slack, folder, database } = await start(mode);

    // Asked for once, however often Slack says it.
    await slack.command('U1', 'C1', 'run shop');
    await slack.again();
    const card = await slack.message(({ text }) => text.startsWith('✅ *Backup of shop is stored'));
    await slack.command('U1', 'C1', 'list shop');
    const list = await slack.message(({ onlyFor }) => onlyFor === 'U1');

    // Cancelled once, though two people press, one of them twice.
    await slack.command('U1', 'C2', 'run blog');
    const going = await slack.message(({ text }) => text.includes('*Backup of blog is queued*'));
    await database.reached;
    await slack.press('U1', going, 'Cancel');
    await slack.again();
    await slack.press('U2', going, 'Cancel');
    const cancelled = await slack.message(({ ts, text }) => ts === going.ts && text.includes('cancelled'));
    const refusal = await slack.message(({ onlyFor }) => onlyFor === 'U2');
    database.hangUp();

    const archives = readdirSync(join(folder, 'archives', 'shop')).filter((name) => name.endsWith('.zip'));
    expect(archives).toHaveLength(1);
    expect(card.forms[0]?.text).toContain('*Backup of shop is queued*');
    expect(list.text).toContain(`shop/${archives[0]}`);
    expect(refusal.text).toMatch(/You may not ask for `cancel .*`slack:T1\/U2`/s);
    expect(inChannels(slack)).toEqual([card, cancelled]);
  },
);

it('keeps the card of a run when the bot is killed and started again, and a failure is a reply, too', async () => {
  const { slack, folder, bot, database } = await start('Socket Mode');
  await slack.command('U1', 'C1', 'run blog');
  const card = await slack.message(({ text }) => text.includes('*Backup of blog is queued*'));
  await database.reached;
  // A bot that answers the next command has kept where the card stands; killed before that, the next bot has no card to edit.
  await slack.command('U1', 'C1', 'list shop');
  await slack.message(({ onlyFor }) => onlyFor === 'U1');

  await bot.stop('SIGKILL');
  await startHoldfast(folder, 'bot').logged(readyWords['Socket Mode']);
  database.hangUp();
  const reply = await slack.message(({ thread }) => thread === card.ts);

  const [result, ...more] = inChannels(slack);
  expect(more).toEqual([reply]);
  expect(result).toMatchObject({ ts: card.ts, text: expect.stringMatching(/^❌ \*Backup of blog failed/) });
  expect(reply.text).toMatch(/^<@U1> ❌ \*Backup of blog failed/);
});

function inChannels(slack: LoopbackSlack): SlackMessage[] {
  return slack.posted().filter(({ onlyFor }) => onlyFor === undefined);
}

interface Running {
  readonly slack: LoopbackSlack;
  readonly folder: string;
  readonly bot: Started;
  readonly database: SilentDatabase;
}

/** A bot and a worker, each a process of its own, on the same Redis; ann may do everything in two channels. */
async function start(mode: Mode): Promise<Running> {
  const slack = await startSlack();
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'index.html'), '<h1>Shop</h1>');
  const database = await silentDatabase();
  const { port } = database;
  const options = { host: '127.0.0.1', port, user: 'blog', password: 'secret', database: 'blog' };
  const config = {
    queue: { url: redis.url, prefix: `test-${randomUUID()}` },
    destinations: { disk: { driver: 'local', path: join(folder, 'archives') } },
    apps: {
      shop: { files: { include: [join(folder, 'index.html')] }, destinations: ['disk'] },
      blog: { databases: [{ driver: 'mysql', ...options, connectTimeout: 100 }], destinations: ['disk'] },
    },
    chat: { slack: await optionsOf(slack, mode) },
    access: [{ allow: ['all'], who: ['slack:T1/U1'], where: ['slack:C1', 'slack:C2'] }],
  };
  writeFileSync(join(folder, 'holdfast.yml'), JSON.stringify(config)); // JSON is YAML.

  const bot = startHoldfast(folder, 'bot');
  startHoldfast(folder, 'worker');
  await bot.logged(readyWords[mode]);
  return { slack, folder, bot, database };
}

/** A server that takes connections and says nothing, so that a dump goes on until it hangs up. */
interface SilentDatabase {
  readonly port: number;
  /** Settles with the first connection. */
  readonly reached: Promise<unknown>;
  hangUp(): void;
}

async function silentDatabase(): Promise<SilentDatabase> {
  const sockets = new Set<Socket>();
  let hungUp = false;
  const port = await freePort();
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (hungUp) socket.destroy();
    else sockets.add(socket);
  }).listen(port, '127.0.0.1');
  onTestFinished(() => {
    hangUp();
    server.close();
  });

  function hangUp(): void {
    hungUp = true;
    for (const socket of sockets) socket.destroy();
  }
  return { port, reached: once(server, 'connection'), hangUp };
}
