import { describe, expect, it } from 'vitest';
import { usualPollingPace } from '../../../src/chat/telegram/polling.ts';
import { usualPace } from '../../../src/chat/telegram/turns.ts';
import { openStoreForAll } from '../../support/open-store.ts';
import { onRedis } from '../../support/stores.ts';
import { botApiForTest } from '../../support/telegram/bot-for-test.ts';
import { newNotes } from '../../support/telegram/new-notes.ts';
import { talker } from '../../support/telegram/people.ts';
import { telegramOn } from '../../support/telegram/platform.ts';

const store = openStoreForAll(onRedis);

describe('the connection', () => {
  it('never begins with a token that Telegram does not know', async () => {
    const api = await botApiForTest();
    const { start } = telegramOn(api, { notes: newNotes(store()), options: { token: '1:wrong' } });

    await expect(start()).rejects.toThrow('Take chat.telegram.token from BotFather');
  });

  it('ends with a sentence when the token is revoked', async () => {
    const api = await botApiForTest();
    const { start, alerted } = telegramOn(api, { notes: newNotes(store()) });
    await start();

    api.revokeToken();
    talker(api, 77).says('/list');

    expect(await alerted(/revoked/)).toMatchObject({ platform: 'telegram' });
  });

  it('keeps trying while another program polls, says so once, and goes on when it stops', async () => {
    const api = await botApiForTest();
    const { start, asked, alerted, alerts, logged } = telegramOn(api, { notes: newNotes(store()) });
    await start();
    await api.called('getUpdates', 2);

    await fetch(`${api.root}/bot${api.token}/getUpdates`, { method: 'POST', body: '{"timeout":0}' });
    await alerted(/Another program uses the same bot/);
    talker(api, 77).says('/list');
    await asked('list');

    expect(alerts).toHaveLength(1);
    expect(logged).toContain('Telegram answers again.');
  });

  it('waits until Telegram is there again, at the start and later', async () => {
    const api = await botApiForTest();
    api.break({ method: 'getMe', times: 1, code: 502 });
    const { start, asked, alerts } = telegramOn(api, { notes: newNotes(store()) });

    await start();
    api.break({ method: 'getUpdates', times: 3, code: 502 });
    talker(api, 77).says('/list');

    await asked('list');
    expect(alerts).toEqual([]);
  });

  it('takes a webhook away that would keep it from polling', async () => {
    const api = await botApiForTest();
    api.updates.setWebhook({ url: 'https://old.example/' });
    const { start, asked } = telegramOn(api, { notes: newNotes(store()) });

    await start();
    talker(api, 77).says('/list');

    await asked('list');
    expect(api.updates.webhook).toBeUndefined();
  });

  it('stops at once, though Telegram holds its request open or is away', async () => {
    const api = await botApiForTest();
    const notes = newNotes(store());
    const { platform, start } = telegramOn(api, { notes });
    const away = telegramOn(api, {
      notes,
      pace: { sending: usualPace, polling: usualPollingPace },
      options: { apiRoot: 'http://127.0.0.1:1' },
    });
    await start();
    await away.start();
    await api.called('getUpdates', 2);

    const began = performance.now();
    await Promise.all([platform.close(), away.platform.close()]);
    const tookMs = performance.now() - began;

    const { asked } = api.callsOf('getUpdates').at(-1) ?? {};
    expect(asked?.timeout).not.toBe(0);
    expect(tookMs).toBeLessThan(2_000);
  });

  it('offers every command in private chats, and the one they begin with in groups, to administrators too', async () => {
    const api = await botApiForTest();
    const { start } = telegramOn(api, { notes: newNotes(store()) });

    await start();

    expect(api.callsOf('setMyCommands').map(({ asked }) => asked)).toMatchObject([
      { scope: { type: 'all_private_chats' }, commands: [{ command: 'backup' }, { command: 'run' }] },
      { scope: { type: 'all_group_chats' }, commands: [{ command: 'backup' }] },
      { scope: { type: 'all_chat_administrators' }, commands: [{ command: 'backup' }] },
    ]);
  });
});
