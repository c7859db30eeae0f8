import { SlackOptions } from '../../../src/chat/slack/options.ts';
import { slackPlatform } from '../../../src/chat/slack.ts';
import type { Front, Seen, Who } from '../front.ts';
import { labelsIn } from './find-action.ts';
import { connected, type Mode, optionsOf } from './join.ts';
import { type LoopbackSlack, startSlack } from './slack.ts';
import type { Form, SlackMessage } from './workspace.ts';

export interface SlackFront extends Front {
  readonly slack: LoopbackSlack;
}

const users: Readonly<Record<Who, string>> = { ann: 'U1', bob: 'U2' };
const channel = 'C1';

/** A channel in Slack with Ann, Bob and the bot in it. */
export async function slackFront(mode: Mode): Promise<SlackFront> {
  const slack = await startSlack();
  const options = SlackOptions.parse(await optionsOf(slack, mode));

  function labelOn(seen: Seen, label: RegExp): string {
    const found = labelsIn(messageOf(seen).blocks).find((each) => label.test(each));
    if (found === undefined) throw new Error(`There is nothing called ${label} on ${seen.text}.`);
    return found;
  }
  function messageOf({ id }: Seen): SlackMessage {
    const message = slack.posted().find(({ ts }) => ts === id);
    if (message === undefined) throw new Error('The message is not there any more.');
    return message;
  }
  async function press(seen: Seen, label: RegExp, as: Who): Promise<void> {
    await slack.press(users[as], messageOf(seen), labelOn(seen, label));
  }

  return {
    name: 'slack',
    slack,
    ids: { ann: 'slack:T1/U1', bob: 'slack:T1/U2' },
    place: `slack:${channel}`,
    chats: (tools) => [slackPlatform(options, tools)],
    type: (words, as = 'ann') =>
      void connected(slack, mode).then(() => slack.command(users[as], channel, words)),
    see: (like) =>
      slack.see(() =>
        slack
          .posted()
          .flatMap(formsSeen)
          .find(({ text }) => like.test(text)),
      ),
    all: () => slack.posted().map((message) => seenOf(message, message)),
    press: (seen, label, as = 'ann') => press(seen, label, as),
    async confirm(seen, label, typed, as = 'ann') {
      const before = slack.modals.size;
      await press(seen, label, as);
      await slack.see(() => (slack.modals.size > before ? true : undefined));
      await slack.submit(users[as], typed);
    },
  };
}

function formsSeen(message: SlackMessage): Seen[] {
  return message.forms.map((form) => seenOf(message, form));
}

function seenOf({ ts }: SlackMessage, { text, blocks }: Form): Seen {
  return { id: ts, text: asRead(text), buttons: labelsIn(blocks) };
}

/** Formatted text as people see it: https://docs.slack.dev/messaging/formatting-message-text */
function asRead(mrkdwn: string): string {
  return mrkdwn
    .replaceAll(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll(/[*`]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
