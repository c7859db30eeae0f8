import { expect, it } from 'vitest';
import { openCards } from '../../src/bot/cards.ts';
import type { Message } from '../../src/chat/message.ts';
import { openLog } from '../../src/log.ts';
import { openState } from '../../src/state/registry.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { onRedis } from '../support/stores.ts';

const store = openStoreForAll(onRedis);
const log = openLog({ level: 'silent', redact: (text) => text, forPeople: false });
const to = { platform: 'slack', place: 'C1' };
const saying = (words: string): Message => ({ tone: 'working', title: [words], blocks: [] });

/** Bots on one state, in a corner of their own, that all post to the same chat. */
function botsIn(corner: string, count: number) {
  const chat = memoryPlatform('slack');
  const bots = Array.from({ length: count }, () => {
    const state = openState({ ...store(), prefix: corner });
    return openCards(() => chat, state, log);
  });
  const titles = () => chat.shown.map(({ id, message }) => `${id} ${message.title}`);
  return { chat, bots, titles };
}

it('goes on in the same message when another process shows how far the run is', async () => {
  const { chat, bots, titles } = botsIn('restarted', 2);
  const [killed, started] = bots;
  await killed?.open('r_1', to, () => chat.post(to, saying('queued')));

  await started?.show('r_1', saying('42 %'));
  await started?.close('r_1', to, saying('stored'));

  expect(titles()).toEqual(['1 queued', '1 42 %', '1 stored']);
});

it('is shown by one of several processes, so that a platform hears everything once', async () => {
  const { chat, bots, titles } = botsIn('several', 3);
  await bots[0]?.open('r_1', to, () => chat.post(to, saying('queued')));

  for (const words of ['10 %', '20 %']) for (const bot of bots) await bot.show('r_1', saying(words));

  expect(titles()).toEqual(['1 queued', '1 10 %', '1 20 %']);
});

it('is not shown as going on by a frame that waited for room while another process told the result', async () => {
  const { chat, bots } = botsIn('overtaken', 2);
  const [one, other] = bots;
  const waiting: (() => Promise<boolean>)[] = [];
  chat.edit = async (_, __, still) => {
    if (still !== undefined) waiting.push(still);
    return true;
  };
  await one?.open('r_1', to, () => chat.post(to, saying('queued')));
  await one?.show('r_1', saying('42 %'));

  const before = await waiting[0]?.();
  await other?.close('r_1', to, saying('stored'));
  const after = await waiting[0]?.();

  expect([before, after]).toEqual([true, false]);
});
