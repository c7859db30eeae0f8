import { setTimeout as pause } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import { addressName } from '../../domain/who.ts';
import type { EditQueue } from '../edit-queue.ts';
import type { Message } from '../message.ts';
import { MessageRefused, PlaceClosed, type Posted } from '../platform.ts';
import type { ChatLog } from '../tools.ts';
import type { Clients } from './clients.ts';
import { explain, explainPost, tooMuchFor } from './explain.ts';
import { notify } from './notify.ts';
import { ephemeralId } from './post.ts';
import { slackMessage } from './render/message.ts';

export interface EditTools {
  readonly clients: Clients;
  readonly queue: EditQueue;
  readonly log: ChatLog;
}

/** Whoever waits for a result longer than this is better shown it in a message of its own. */
const soonMs = 1_000;

/** Shows how something goes on, when there is room for it. */
export function showFrame(
  posted: Posted,
  message: Message,
  tools: EditTools,
  still: () => Promise<boolean> = async () => true,
): void {
  tools.queue.frame(idOf(posted), async () => {
    try {
      if (await still()) await update(posted, message, tools.clients.frames, tools.queue);
    } catch (thrown) {
      tools.log.debug(explain('show progress', thrown).message);
    }
  });
}

/**
 * Gives a message its last form. False when it cannot be edited any more, or Slack takes no edits for more than a second:
 * then the message is to be posted anew, and the old one says so as soon as Slack lets it. @throws {PlatformError}
 */
export async function change(posted: Posted, message: Message, tools: EditTools): Promise<boolean> {
  if (posted.id === ephemeralId) return false;
  try {
    if (!(await updateSoon(posted, message, tools))) {
      pointBelow(posted, tools);
      return false;
    }
  } catch (thrown) {
    const failure = explainPost(`edit a message in ${addressName(posted.to)}`, thrown);
    if (failure instanceof PlaceClosed || failure instanceof MessageRefused) return false;
    throw failure;
  }
  await notify(posted, message, { web: tools.clients.web, log: tools.log });
  return true;
}

async function updateSoon(posted: Posted, message: Message, { clients, queue }: EditTools): Promise<boolean> {
  for (;;) {
    const waitMs = await queue.last(idOf(posted), () => update(posted, message, clients.web, queue));
    if (waitMs === 0 || waitMs > soonMs) return waitMs === 0;
    await pause(waitMs);
  }
}

/** Edits unless Slack wants rest; gives how long, 0 when the message was edited. */
async function update(
  { to, id }: Posted,
  message: Message,
  client: webApi.WebClient,
  queue: EditQueue,
): Promise<number> {
  if (queue.heldForMs() > 0) return queue.heldForMs();
  try {
    await client.chat.update({ channel: to.place, ts: id, ...slackMessage(message) });
    return 0;
  } catch (thrown) {
    const waitMs = tooMuchFor(thrown);
    if (waitMs === undefined) throw thrown;
    queue.holdFor(waitMs);
    return waitMs;
  }
}

/** Else the card would look for ever as if it went on. */
function pointBelow(posted: Posted, tools: EditTools): void {
  const { queue, clients, log } = tools;
  queue.frame(idOf(posted), async () => {
    try {
      if ((await update(posted, endedBelow, clients.frames, queue)) > 0) pointBelow(posted, tools);
    } catch (thrown) {
      log.debug(explain('say where the result is', thrown).message);
    }
  });
}

const endedBelow: Message = {
  tone: 'plain',
  title: ['This has ended'],
  blocks: [
    {
      kind: 'lines',
      lines: [['Slack took no changes just then: the result is a message of its own, below.']],
    },
  ],
};

function idOf({ to, id }: Posted): string {
  return `${to.place} ${id}`;
}
