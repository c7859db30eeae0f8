import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/chat/message.ts';
import type { Ask, Platform } from '../../../src/chat/platform.ts';
import { connected, joinSlack } from '../../support/slack/join.ts';
import { startSlack } from '../../support/slack/slack.ts';

describe('the Home tab', () => {
  it('shows the status of the apps, each with a button that backs it up', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack, { answer: answerStatus });
    await connected(slack, 'Socket Mode');

    await slack.openHome('U1');
    const home = await slack.see(() => slack.homes.get('U1'));
    await slack.press('U1', home, 'Run');
    const asks = await bot.asked(3);

    expect(JSON.stringify(home.view)).toContain('*blog*: no run yet');
    expect(asks.map(({ words, where: { place, thread } }) => ({ words, place, thread }))).toEqual([
      { words: 'status', place: 'DU1', thread: 'home' },
      { words: 'run blog', place: 'DU1', thread: undefined },
      { words: 'status', place: 'DU1', thread: 'home' },
    ]);
  });

  it('is not asked for by a look at the messages', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack);
    await connected(slack, 'Socket Mode');

    await slack.openMessages('U1');
    await slack.command('U1', 'C1', 'list');
    const asks = await bot.asked(1);

    expect(asks.map(({ words }) => words)).toEqual(['list']);
  });
});

async function answerStatus({ words, where, from }: Ask, platform: Platform): Promise<void> {
  if (words === 'status') await platform.post({ ...where, onlyFor: from.id }, status);
}

const status: Message = {
  tone: 'plain',
  title: ['Nothing is running'],
  blocks: [{ kind: 'lines', lines: [[{ strong: 'blog' }, ': no run yet']] }],
  report: {
    kind: 'status',
    at: '2026-11-22T03:15:00.000Z',
    unfinished: [],
    apps: [{ app: 'blog' }],
    groups: [],
  },
};
