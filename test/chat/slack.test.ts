import { describe, expect, it } from 'vitest';
import { PlaceClosed } from '../../src/chat/platform.ts';
import type { Acknowledged } from '../support/slack/deliveries.ts';
import { connected, joinSlack, modes, notesInMemory, words } from '../support/slack/join.ts';
import { event, mention } from '../support/slack/payloads.ts';
import { startSlack } from '../support/slack/slack.ts';

describe.each(modes)('what people say to the bot over %s', (mode) => {
  it('/backup in a channel is heard with who says it and where', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack, { mode });
    await connected(slack, mode);

    const acknowledged = await slack.command('U2', 'C1', 'run shop');
    const [ask] = await bot.asked(1);

    expect(acknowledged).toMatchObject({ ok: true, payload: {} });
    expect(ask).toMatchObject({
      words: 'run shop',
      from: { id: 'slack:T1/U2', name: 'bob', groups: ['slack:group:S1'] },
      where: { platform: 'slack', place: 'C1' },
    });
  });

  it('@bot in a thread is answered in that thread, where slash commands cannot be used', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack, { mode });
    await connected(slack, mode);

    await slack.mention('U1', 'C1', 'backup run shop', '17.000001');
    const [ask] = await bot.asked(1);

    expect(ask).toMatchObject({
      words: 'backup run shop',
      where: { place: 'C1', thread: '17.000001' },
    });
  });

  it('a direct message needs no mention, and our own messages are not heard', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack, { mode });
    await connected(slack, mode);

    await slack.directMessage('UBOT', 'run shop');
    await slack.directMessage('U1', 'list &lt;all&gt; <http://shop.nl|shop.nl>');
    const asks = await bot.asked(1);

    expect(asks).toMatchObject([{ words: 'list <all> shop.nl', where: { place: 'DU1' } }]);
  });

  it('what Slack delivers twice is done once', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack, { mode });
    await connected(slack, mode);

    await slack.command('U1', 'C1', 'run shop');
    const again = await slack.again();
    await slack.mention('U1', 'C1', 'run blog');
    await slack.again();
    await slack.command('U1', 'C1', 'status');
    const asks = await bot.asked(3);

    expect(again.ok).toBe(true);
    expect(asks.map((ask) => ask.words).toSorted()).toEqual(['run blog', 'run shop', 'status']);
  });

  it('is acknowledged at once, though the store does not answer and Slack’s own API neither', async () => {
    const slack = await startSlack();
    let letGo = () => {};
    const held = new Promise<boolean>((resolve) => {
      letGo = () => resolve(false);
    });
    await joinSlack(slack, { mode, notes: { ...notesInMemory(), claim: () => held } });
    await connected(slack, mode);
    slack.breakNext({ method: 'users.info', times: 100, status: 503 });

    const acknowledged: Acknowledged[] = [];
    for (let count = 0; count < 100; count += 1)
      acknowledged.push(await slack.command('U1', 'C1', 'run shop'));
    letGo();

    const slowestButOne = acknowledged.map(({ ms }) => ms).toSorted((a, b) => a - b)[98];
    expect(acknowledged.filter(({ ok }) => !ok)).toEqual([]);
    expect(slowestButOne).toBeLessThan(500);
  });
});

describe('who asks', () => {
  it('a guest, a bot and somebody of another team are members of no group, so only a rule with their id lets them', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack);
    await connected(slack, 'Socket Mode');

    for (const user of ['U3', 'U4', 'U9']) await slack.mention(user, 'C1', 'run shop');
    const asks = await bot.asked(3);
    const deniedWith = new Map(asks.map(({ from, standing }) => [from.id, standing?.deniedWith]));

    expect(asks.map(({ from }) => from).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      { id: 'slack:T1/U3', name: 'gus', groups: [] },
      { id: 'slack:T1/U4', name: 'robot', groups: [] },
      { id: 'slack:T9/U9', name: 'zoe', groups: [] },
    ]);
    expect(deniedWith.get('slack:T1/U3')).toEqual(['slack:group:S1']);
    expect(deniedWith.get('slack:T9/U9')).toEqual(['slack:group:S1']);
  });

  it('is still in a group that was disabled, which takes rights and gives none', async () => {
    const slack = await startSlack();
    slack.disabledGroups.add('S1');
    const bot = await joinSlack(slack);
    await connected(slack, 'Socket Mode');

    await slack.command('U2', 'C1', 'status');
    const [ask] = await bot.asked(1);

    expect(ask).toMatchObject({ from: { groups: [] }, standing: { deniedWith: ['slack:group:S1'] } });
  });

  it.each([{ bot_id: 'B9' }, { app_id: 'A9' }, { bot_profile: { id: 'B9' } }, { subtype: 'bot_message' }])(
    'is nobody when an app says it in the name of a person, who is told so: %j',
    async (mark) => {
      const slack = await startSlack();
      const bot = await joinSlack(slack);
      await connected(slack, 'Socket Mode');
      const ann = slack.members.get('U1');
      if (ann === undefined) throw new Error('Ann is a member.');

      const said = { ...mention(ann, 'C1', '<@UBOT> run shop', '17.000001'), ...mark };
      await slack.deliver('events_api', event(said));
      const told = await slack.message(({ onlyFor }) => onlyFor === 'U1');

      expect(told.text).toContain('An app said this in your name');
      expect(bot.asks).toEqual([]);
      expect(bot.logged).toContainEqual(expect.stringContaining('in the name of U1'));
    },
  );

  it('is looked up once in a while, not with every word', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack);
    await connected(slack, 'Socket Mode');

    for (const text of ['status', 'list', 'help']) await slack.command('U2', 'C1', text);
    await bot.asked(3);

    expect(slack.callsOf('users.info')).toHaveLength(1);
    expect(slack.callsOf('usergroups.list')).toHaveLength(1);
  });

  it('may be in any group when the scope for groups was not granted, which is said in the log', async () => {
    const slack = await startSlack({ without: ['usergroups:read'] });
    const bot = await joinSlack(slack);
    await connected(slack, 'Socket Mode');

    await slack.command('U2', 'C1', 'status');
    const [ask] = await bot.asked(1);

    expect(ask).toMatchObject({ from: { groups: [] }, standing: { unknown: ['slack:group:'] } });
    expect(bot.logged).toContainEqual(expect.stringContaining('the app lacks a scope'));
  });

  it('nothing is done for somebody Slack cannot vouch for, and they are told', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack);
    await connected(slack, 'Socket Mode');
    slack.breakNext({ method: 'users.info', times: 1, status: 500 });

    await slack.command('U1', 'C1', 'run shop');
    const told = await slack.message(({ onlyFor }) => onlyFor === 'U1');

    expect(bot.asks).toEqual([]);
    expect(told.text).toContain('Could not find out who U1 is: Slack has trouble (HTTP 500).');
  });
});

const forAnn = { platform: 'slack', place: 'C1', onlyFor: 'slack:T1/U1' };

describe('an answer for one person', () => {
  it('is seen by that person alone, in the thread where they asked', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);

    await platform.post({ ...forAnn, thread: '17.000001' }, words('You may not'));

    expect(slack.posted()).toMatchObject([
      { channel: 'C1', thread: '17.000001', onlyFor: 'U1', text: '*You may not*' },
    ]);
  });

  it('comes in a channel we are not in, as often as Slack lets us', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack);
    await connected(slack, 'Socket Mode');
    await slack.command('U1', 'C3', 'help');
    await bot.asked(1);

    const answer = (count: number) => bot.platform.post({ ...forAnn, place: 'C3' }, words(`Answer ${count}`));
    for (let count = 1; count <= 5; count += 1) await answer(count);

    await expect(answer(6)).rejects.toThrow(PlaceClosed);
    expect(slack.posted().map(({ channel }) => channel)).toEqual(Array(5).fill('C3'));
  });

  it('cannot be edited, and is posted anew instead', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);

    const posted = await platform.post(forAnn, words('Before'));
    const edited = await platform.edit(posted, words('After'));

    expect(edited).toBe(false);
  });

  it('in a conversation of two is an ordinary message', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);

    await platform.post({ ...forAnn, place: 'DU1' }, words('Hello'));

    expect(slack.posted()).toMatchObject([{ channel: 'DU1', text: '*Hello*' }]);
    expect(slack.posted()[0]?.onlyFor).toBeUndefined();
  });
});

describe('a message for everybody', () => {
  it('that cannot be posted because we are not in the channel is given back with how to invite us', async () => {
    const slack = await startSlack();
    const bot = await joinSlack(slack);
    await connected(slack, 'Socket Mode');
    await slack.command('U1', 'C3', 'run shop');
    await bot.asked(1);

    const posting = bot.platform.post({ platform: 'slack', place: 'C3' }, words('Queued'));

    await expect(posting).rejects.toThrow(
      'Could not post in slack:C3: Holdfast is not in that channel. Type /invite @Holdfast there.',
    );
    await expect(posting).rejects.toBeInstanceOf(PlaceClosed);
    const { replyAddress } = bot.platform;
    expect(replyAddress?.({ platform: 'slack', place: 'C3' }, 'slack:T1/U1')).toEqual({
      ...forAnn,
      place: 'C3',
    });
    expect(replyAddress?.({ platform: 'slack', place: 'C3' }, 'slack:T1/U2')).toBeUndefined();
  });

  it('is posted once, though Slack’s answer to it is lost', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);
    const last = words('Stored', { postId: 'r_1' });
    const to = { platform: 'slack', place: 'C1' };
    slack.breakNext({ method: 'chat.postMessage', times: 4, done: 'after', cut: true });

    const first = platform.post(to, last);
    await expect(first).rejects.toThrow('Could not post in slack:C1: Slack was not reached');
    await platform.post(to, last);
    await platform.post(to, words('Another'));
    await platform.post(to, words('Another'));

    expect(slack.posted().map(({ text }) => text)).toEqual(['*Stored*', '*Another*', '*Another*']);
  });

  it('waits a little when Slack asks for it', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);
    slack.breakNext({ method: 'chat.postMessage', times: 1, status: 429, headers: { 'retry-after': '1' } });

    await platform.post({ platform: 'slack', place: 'C1' }, words('Hello'));

    expect(slack.posted()).toHaveLength(1);
  });
});
