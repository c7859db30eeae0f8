import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/chat/message.ts';
import { failedRun } from '../../support/run-report.ts';
import { joinSlack, words } from '../../support/slack/join.ts';
import { startSlack } from '../../support/slack/slack.ts';

const where = { platform: 'slack', place: 'C1' };
const frame = (title: string): Message => words(title, { tone: 'working' });

describe('a card', () => {
  it('is edited in place, and ends in its result', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);
    const card = await platform.post(where, frame('Queued'));

    await platform.edit(card, frame('Dumping'));
    await slack.message(({ forms }) => forms.length === 2);
    const edited = await platform.edit(card, words('Stored', { tone: 'good', concludes: 'r_1' }));

    expect(edited).toBe(true);
    expect(slack.posted().map(({ forms }) => forms.map(({ text }) => text))).toEqual([
      ['⏳ *Queued*', '⏳ *Dumping*', '✅ *Stored*'],
    ]);
  });

  it('that was deleted meanwhile cannot be edited any more', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);
    const card = await platform.post(where, frame('Queued'));
    slack.messages.clear();

    const edited = await platform.edit(card, words('Stored', { concludes: 'r_1' }));

    expect(edited).toBe(false);
  });

  it('that ends in a failure is followed by a reply that calls whoever asked', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);
    const card = await platform.post(where, frame('Queued'));
    const report = failedRun({ askedBy: { id: 'slack:T1/U1', groups: [] }, reason: 'The disk is full.' });

    await platform.edit(card, words('Backup of shop failed', { tone: 'bad', report, concludes: 'r_1' }));

    expect(slack.posted()[1]).toMatchObject({
      channel: 'C1',
      thread: card.id,
      text: '<@U1> ❌ *Backup of shop failed*\nThe disk is full.',
    });
  });

  it('shows its result when Slack wanted to be left alone for a while', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);
    const card = await platform.post(where, frame('Queued'));
    slack.breakNext({ method: 'chat.update', times: 2, status: 429, headers: { 'retry-after': '1' } });

    await platform.edit(card, frame('Dumping'));
    const edited = await platform.edit(card, words('Stored', { concludes: 'r_1' }));

    expect(edited).toBe(true);
    expect(slack.posted()[0]?.text).toBe('*Stored*');
  });

  it('whose edits Slack refuses for half a minute holds up no result, neither its own nor one elsewhere', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);
    const [card, other] = await Promise.all(
      ['C1', 'C2'].map((place) => platform.post({ ...where, place }, frame('Queued'))),
    );
    if (card === undefined || other === undefined) throw new Error('The cards were not posted.');
    slack.breakNext({ method: 'chat.update', times: 9, status: 429, headers: { 'retry-after': '30' } });
    await platform.edit(card, frame('Dumping'));
    await slack.see(() => slack.callsOf('chat.update')[0]);

    const began = performance.now();
    const edited = await Promise.all(
      [card, other].map((each, i) => platform.edit(each, words('Stored', { concludes: `r_${i}` }))),
    );

    expect(edited).toEqual([false, false]); // They are posted anew.
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('whose result had to be posted anew says so as soon as Slack takes edits again', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);
    const card = await platform.post(where, frame('Queued'));
    slack.breakNext({ method: 'chat.update', times: 1, status: 429, headers: { 'retry-after': '2' } });

    const edited = await platform.edit(card, words('Stored', { concludes: 'r_1' }));
    const ended = await slack.message(({ forms }) => forms.length === 2);

    expect(edited).toBe(false);
    expect(ended.text).toContain('the result is a message of its own, below');
  });

  it('of sixty apps at once: Slack is asked no more often than it takes, and every result is shown once', async () => {
    const rate = { calls: 50, inMs: 3_000 };
    const slack = await startSlack({ rates: { 'chat.update': rate } });
    const budget = { edits: 48, frames: 38, spanMs: 4_000, leastGapMs: 150 };
    const { platform } = await joinSlack(slack, { budget });
    const apps = Array.from({ length: 60 }, (_, i) => `shop-${i}`);
    const cards = await Promise.all(apps.map((app) => platform.post(where, frame(`${app} queued`))));

    for (const [i, card] of cards.entries()) await platform.edit(card, frame(`${apps[i]} dumping`));
    const edited = await Promise.all(
      cards.map((card, i) => platform.edit(card, words(`${apps[i]} stored`, { concludes: `r_${i}` }))),
    );

    const calls = slack.callsOf('chat.update');
    const results = slack.posted().map(({ forms }) => forms.filter(({ text }) => text.endsWith('stored*')));
    expect(edited.every((each) => each)).toBe(true);
    expect(calls.filter(({ answer }) => answer !== 'ok')).toEqual([]);
    expect(results.map(({ length }) => length)).toEqual(apps.map(() => 1));
    expect(slack.posted().every(({ text }) => text.endsWith('stored*'))).toBe(true);
  }, 30_000);
});
