import type { webApi } from '@slack/bolt';
import { addressName } from '../../domain/who.ts';
import type { EditQueue } from '../edit-queue.ts';
import { failureNotice } from '../failure.ts';
import type { Message } from '../message.ts';
import type { Posted } from '../platform.ts';
import type { ChatLog } from '../tools.ts';
import type { Clients } from './clients.ts';
import { explain, refusalOf, tooMuchFor } from './explain.ts';
import { ephemeralId, idOfLastWord, post } from './post.ts';
import { slackMessage } from './render/message.ts';

export interface EditTools {
  readonly clients: Clients;
  readonly queue: EditQueue;
  readonly log: ChatLog;
}

/** Slack's words for a message that will never be edited any more. https://docs.slack.dev/reference/methods/chat.update */
const uneditable = ['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found'];

/** Shows how something goes on, when there is room for it. */
export function showFrame({ to, id }: Posted, message: Message, { clients, queue, log }: EditTools): void {
  const content = slackMessage(message);
  queue.frame(`${to.place} ${id}`, async () => {
    try {
      await clients.frames.chat.update({ channel: to.place, ts: id, ...content });
    } catch (thrown) {
      queue.holdFor(tooMuchFor(thrown) ?? 0);
      log.debug(explain('show progress', thrown).message);
    }
  });
}

/**
 * Gives a message another form, however long Slack wants to wait with it. False when the message cannot be edited any
 * more. @throws {PlatformError}
 */
export async function change(posted: Posted, message: Message, tools: EditTools): Promise<boolean> {
  if (posted.id === ephemeralId) return false;
  try {
    await updateOnceThereIsRoom(posted, message, tools);
  } catch (thrown) {
    if (uneditable.includes(refusalOf(thrown) ?? '')) return false;
    throw explain(`edit a message in ${addressName(posted.to)}`, thrown);
  }
  await notify(posted, message, tools.clients.web);
  return true;
}

async function updateOnceThereIsRoom(
  posted: Posted,
  message: Message,
  { clients, queue }: EditTools,
): Promise<void> {
  const { to, id } = posted;
  const content = slackMessage(message);
  for (;;) {
    const wait = await queue.last(`${to.place} ${id}`, async () => {
      try {
        await clients.web.chat.update({ channel: to.place, ts: id, ...content });
        return undefined;
      } catch (thrown) {
        const asked = tooMuchFor(thrown);
        if (asked === undefined) throw thrown;
        return asked;
      }
    });
    if (wait === undefined) return;
    queue.holdFor(wait);
  }
}

/** An edit notifies nobody: a failure is a reply, too, that calls whoever asked. @throws {PlatformError} */
async function notify({ to, id }: Posted, message: Message, web: webApi.WebClient): Promise<void> {
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
