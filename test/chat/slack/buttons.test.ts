import { describe, expect, it } from 'vitest';
import type { Action } from '../../../src/chat/message.ts';
import { connected, type Joined, joinSlack, words } from '../../support/slack/join.ts';
import { type LoopbackSlack, startSlack } from '../../support/slack/slack.ts';
import type { SlackMessage } from '../../support/slack/workspace.ts';

const where = { platform: 'slack', place: 'C1' };

describe('a button', () => {
  it('asks with its words as the person who presses it, and says on which message', async () => {
    const { slack, bot, message } = await withActions([{ label: 'Cancel', words: 'cancel r_1' }]);

    const acknowledged = await slack.press('U2', message, 'Cancel');
    const [ask] = await bot.asked(1);

    expect(acknowledged.ok).toBe(true);
    expect(ask).toMatchObject({
      words: 'cancel r_1',
      from: { id: 'slack:T1/U2' },
      where,
      pressedOn: { to: where, id: message.ts },
    });
  });

  it('pressed by two people asks for each of them, and delivered twice only once', async () => {
    const { slack, bot, message } = await withActions([{ label: 'Cancel', words: 'cancel r_1' }]);

    await slack.press('U1', message, 'Cancel');
    await slack.again();
    await slack.press('U2', message, 'Cancel');
    const asks = await bot.asked(2);

    expect(asks.map(({ from }) => from.id).toSorted()).toEqual(['slack:T1/U1', 'slack:T1/U2']);
  });

  it('of another version says that it has expired', async () => {
    const { slack, bot, message } = await withActions([{ label: 'Cancel', words: 'cancel r_1' }]);
    const old = {
      type: 'button',
      action_id: 'cancel_run',
      text: { type: 'plain_text', text: 'Old' },
      value: 'x',
    };

    await slack.press('U1', { ...message, blocks: [{ type: 'actions', elements: [old] }] }, 'Old');
    const told = await slack.message(({ onlyFor }) => onlyFor === 'U1');

    expect(told.text).toContain('This button has expired');
    expect(bot.asks).toEqual([]);
  });
});

describe('a choice', () => {
  it('asks with the words of what is picked', async () => {
    const apps = Array.from({ length: 250 }, (_, i) => `shop-${i}`);
    const actions = apps.map((app) => ({ label: app, words: `run ${app}` }));
    const { slack, bot, message } = await withActions(actions, 'Which app?');

    await slack.press('U1', message, 'shop-249');
    const [ask] = await bot.asked(1);

    expect(ask?.words).toBe('run shop-249');
  });
});

describe('a button whose consequence cannot be undone', () => {
  const clean: Action = { label: 'Delete 14', words: 'clean shop --plan 4f', look: 'danger', typed: 'shop' };

  it('has the app’s name typed first, and then asks as the person who typed it', async () => {
    const { slack, bot, message } = await withActions([clean]);

    await slack.press('U1', message, 'Delete 14');
    const modal = await slack.see(() => [...slack.modals.values()][0]);
    const submitted = await slack.submit('U1', ' Shop ');
    const [ask] = await bot.asked(1);

    expect(modal).toMatchObject({ person: 'U1', view: { type: 'modal', submit: { text: 'Delete 14' } } });
    expect(submitted).toMatchObject({ ok: true, payload: {} });
    expect(ask).toMatchObject({
      words: 'clean shop --plan 4f',
      from: { id: 'slack:T1/U1' },
      where,
      pressedOn: { id: message.ts },
    });
  });

  it('does nothing while something else is typed, and says what to type', async () => {
    const { slack, bot, message } = await withActions([clean]);
    await slack.press('U1', message, 'Delete 14');
    await slack.see(() => [...slack.modals.values()][0]);

    const submitted = await slack.submit('U1', 'shpo');

    expect(submitted.payload).toMatchObject({
      response_action: 'errors',
      errors: { typed: 'Type shop to go on.' },
    });
    expect(bot.asks).toEqual([]);
  });

  it('opens one question when its press is delivered twice, and acts once when that is submitted twice', async () => {
    const { slack, bot, message } = await withActions([clean]);
    await slack.press('U1', message, 'Delete 14');
    await slack.again();
    await slack.see(() => [...slack.modals.values()][0]);

    await slack.submit('U1', 'shop');
    await slack.again();
    await slack.command('U1', 'C1', 'status');
    const asks = await bot.asked(2);

    expect(slack.modals.size).toBe(1);
    expect(asks.map((ask) => ask.words).toSorted()).toEqual(['clean shop --plan 4f', 'status']);
  });

  it('says so when Slack does not open the question', async () => {
    const { slack, message } = await withActions([clean]);
    slack.breakNext({ method: 'views.open', times: 1, body: '{"ok":false,"error":"expired_trigger_id"}' });

    await slack.press('U1', message, 'Delete 14');
    const told = await slack.message(({ onlyFor }) => onlyFor === 'U1');

    expect(told.text).toContain('Nothing was done. Press the button once more.');
  });
});

async function withActions(actions: readonly Action[], pick?: string): Promise<Pressing> {
  const slack = await startSlack();
  const bot = await joinSlack(slack);
  await connected(slack, 'Socket Mode');
  await bot.platform.post(where, words('A card', { actions, ...(pick !== undefined && { pick }) }));
  return { slack, bot, message: await slack.message(() => true) };
}

interface Pressing {
  readonly slack: LoopbackSlack;
  readonly bot: Joined;
  readonly message: SlackMessage;
}
