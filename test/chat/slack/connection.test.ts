import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SlackOptions } from '../../../src/chat/slack/options.ts';
import { connected, joinSlack, modes, optionsOf } from '../../support/slack/join.ts';
import { startSlack } from '../../support/slack/slack.ts';

describe('Socket Mode', () => {
  it('goes on trying while Slack is away, says so once, and then hears', async () => {
    const slack = await startSlack();
    slack.breakNext({ method: 'apps.connections.open', times: 3, status: 503 });

    const bot = await joinSlack(slack);
    await bot.said(/^Slack is connected\.$/);
    await slack.command('U1', 'C1', 'run shop');
    await bot.asked(1);

    const troubles = bot.logged.filter((line) => line.startsWith('Could not listen to Slack'));
    expect(new Set(troubles)).toEqual(
      new Set(['Could not listen to Slack: Slack has trouble (HTTP 503). It is tried again.']),
    );
  });

  it('says that a token is wrong, in other chats too, and lives on', async () => {
    const slack = await startSlack();

    const bot = await joinSlack(slack, { options: { appToken: 'xapp-of-somebody-else' } });
    const said = await bot.said(/Could not listen/);

    expect(said).toBe(
      'Alert: Could not listen to Slack: Slack does not know the token. Take it anew from the app’s settings. It is tried again.',
    );
  });

  it('hears over one connection while Slack says nothing over the other', async () => {
    const slack = await startSlack();
    slack.deliveries.greetNobody(1);

    const bot = await joinSlack(slack);
    await bot.said(/^Slack is connected\.$/);
    const acknowledged = await slack.command('U1', 'C1', 'status');

    expect(acknowledged.ok).toBe(true);
  });

  it('is connected again at once when Slack renews both connections, and when the line is cut', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack);
    const two = () => (slack.deliveries.sockets.size === 2 ? [...slack.deliveries.sockets] : undefined);
    const twoBut = (old: readonly unknown[]) => () =>
      two()?.every((each) => !old.includes(each)) ? two() : undefined;
    const first = await slack.see(two);

    slack.deliveries.refresh('refresh_requested');
    const began = performance.now();
    await slack.see(() => [...slack.deliveries.sockets].find((each) => !first.includes(each)));
    const deafForMs = performance.now() - began;
    const renewed = await slack.see(twoBut(first));
    const meanwhile = await slack.command('U1', 'C1', 'status');
    renewed[0]?.cut();
    const mended = await slack.see(twoBut(renewed.slice(0, 1)));
    const afterwards = await slack.command('U1', 'C1', 'status');
    await bot.asked(2);

    expect(deafForMs).toBeLessThan(1_500);
    expect([meanwhile.ok, afterwards.ok]).toEqual([true, true]);
    expect(mended).toContain(renewed[1]);
  });

  it('hears on after words that make no sense: no JSON, no envelope, an envelope without its content', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack);
    const first = await slack.see(() => [...slack.deliveries.sockets][0]);

    for (const text of [
      '{',
      '[]',
      '"x"',
      '{"type":"unheard of"}',
      '{"envelope_id":"1","type":"slash_commands"}',
    ])
      first.send(text);
    const acknowledged = await slack.command('U1', 'C1', 'status');
    await bot.asked(1);

    expect(acknowledged.ok).toBe(true);
    expect(slack.deliveries.sockets).toContain(first);
  });

  it('hears nothing any more once it is closed', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack);
    await connected(slack, 'Socket Mode');

    await bot.platform.close();
    await slack.see(() => (slack.deliveries.sockets.size === 0 ? true : undefined));

    expect(slack.deliveries.sockets.size).toBe(0);
  });
});

describe('HTTP', () => {
  it('refuses what is not signed with the secret, and what was signed too long ago or for later', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack, { mode: 'HTTP' });
    const good = await slack.command('U1', 'C1', 'status');
    await bot.asked(1);

    const old = await slack.again({ secondsOld: 6 * 60 });
    const early = await slack.again({ secondsOld: -3600 });
    await bot.platform.close();
    const forged = await joinSlack(slack, { mode: 'HTTP', options: { signingSecret: 'another' } });
    const unsigned = await slack.again();

    expect([good, old, early, unsigned].map(({ status }) => status)).toEqual([200, 401, 401, 401]);
    expect(forged.asks).toEqual([]);
    expect(bot.asks).toHaveLength(1);
  });

  it('answers nothing but Slack’s requests at its path', async () => {
    const slack = await startSlack();
    const options = await optionsOf(slack, 'HTTP');
    await joinSlack(slack, { mode: 'HTTP', options });
    const url = `http://127.0.0.1:${'port' in options ? options.port : 0}`;

    const answers = await Promise.all([
      fetch(`${url}/`),
      fetch(`${url}/slack/events`),
      fetch(`${url}//`, { method: 'POST' }),
      fetch(`${url}/slack/events`, { method: 'POST', body: 'nonsense' }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 401]);
  });

  it('says at once that somebody else has its port', async () => {
    const slack = await startSlack();
    const options = await optionsOf(slack, 'HTTP');
    const taken = createServer();
    await new Promise<void>((listening) =>
      taken.listen('port' in options ? options.port : 0, '127.0.0.1', listening),
    );
    onTestFinished(() => void taken.close());

    const joining = joinSlack(slack, { mode: 'HTTP', options });

    await expect(joining).rejects.toThrow(/^Could not wait for Slack at 127\.0\.0\.1:\d+: .*EADDRINUSE/);
  });
});

describe.each(modes)('a wrong bot token over %s', (mode) => {
  it('is told at the start, and the bot lives on', async () => {
    const slack = await startSlack();

    const bot = await joinSlack(slack, { mode, options: { botToken: 'xoxb-of-somebody-else' } });
    const said = await bot.said(/botToken/);

    expect(said).toBe(
      'Alert: Could not use the botToken of Slack: Slack does not know the token. Take it anew from the app’s settings.',
    );
  });
});

describe('the options', () => {
  it.each([[{ botToken: 'xoxb-1' }], [{ botToken: 'xoxb-1', appToken: 'xapp-1', signingSecret: 'secret' }]])(
    'want one of the two ways to be connected: %j',
    (options) => {
      const read = SlackOptions.safeParse(options);

      expect(read.error?.issues[0]?.message).toBe(
        'Give either "appToken", for Socket Mode, or "signingSecret", for HTTP.',
      );
    },
  );
});
