import type { webApi } from '@slack/bolt';
import { type Address, addressName } from '../../domain/who.ts';
import { failureNotice } from '../failure.ts';
import type { Message } from '../message.ts';
import { MessageRefused, PlaceClosed, type Posted } from '../platform.ts';
import type { ChatLog } from '../tools.ts';
import { explainPost } from './explain.ts';
import { clientIdOf, post } from './post.ts';
import { type SlackContent, slackMessage } from './render/message.ts';

interface NotifyTools {
  readonly web: webApi.WebClient;
  readonly log: ChatLog;
}

/** An edit notifies nobody: a failure is a reply, too, that calls whoever asked. @throws {PlatformError} */
export async function notify({ to, id }: Posted, message: Message, tools: NotifyTools): Promise<void> {
  const notice = failureNotice(message);
  if (notice === undefined) return;

  const { text, blocks } = slackMessage(notice);
  const asker = mentionOf(message);
  const content = {
    text: `${asker}${text}`,
    blocks: [...(asker === '' ? [] : [mentionBlock(asker)]), ...blocks],
  };
  await reply({ ...to, thread: to.thread ?? id }, content, clientIdOf(to, message, 'notice'), tools);
}

/** Where no reply is taken the card alone says it. @throws {PlatformError} when Slack was not reached. */
async function reply(
  to: Address,
  content: SlackContent,
  clientId: string,
  tools: NotifyTools,
): Promise<void> {
  try {
    await post(to, content, clientId, tools);
  } catch (thrown) {
    const failure = explainPost(`reply in ${addressName(to)}`, thrown);
    if (!(failure instanceof PlaceClosed || failure instanceof MessageRefused)) throw failure;
    tools.log.warn(`A failure is only on its card: ${failure.message}`);
  }
}

function mentionOf({ report }: Message): string {
  const user = report?.kind === 'run' ? /^slack:\w+\/(\w+)$/.exec(report.askedBy.id)?.[1] : undefined;
  return user === undefined ? '' : `<@${user}> `;
}

function mentionBlock(asker: string) {
  return { type: 'section' as const, text: { type: 'mrkdwn' as const, text: asker.trim() } };
}
