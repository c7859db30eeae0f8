import type { webApi } from '@slack/bolt';
import { addressName } from '../../domain/who.ts';
import { failureNotice } from '../failure.ts';
import type { Message } from '../message.ts';
import type { Posted } from '../platform.ts';
import { explain } from './explain.ts';
import { idOfLastWord, post } from './post.ts';
import { slackMessage } from './render/message.ts';

/** An edit notifies nobody: a failure is a reply, too, that calls whoever asked. @throws {PlatformError} */
export async function notify({ to, id }: Posted, message: Message, web: webApi.WebClient): Promise<void> {
  const notice = failureNotice(message);
  if (notice === undefined) return;

  const { text, blocks } = slackMessage(notice);
  const asker = mentionOf(message);
  const content = {
    text: `${asker}${text}`,
    blocks: [...(asker === '' ? [] : [mentionBlock(asker)]), ...blocks],
  };
  try {
    await post(web, { ...to, thread: to.thread ?? id }, content, idOfLastWord(to, message, 'notice'));
  } catch (thrown) {
    throw explain(`tell of a failure in ${addressName(to)}`, thrown);
  }
}

function mentionOf({ report }: Message): string {
  const user = report?.kind === 'run' ? /^slack:\w+\/(\w+)$/.exec(report.askedBy.id)?.[1] : undefined;
  return user === undefined ? '' : `<@${user}> `;
}

function mentionBlock(asker: string) {
  return { type: 'section' as const, text: { type: 'mrkdwn' as const, text: asker.trim() } };
}
