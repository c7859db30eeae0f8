import { createHash, randomUUID } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import { type Address, addressName } from '../../domain/who.ts';
import type { Message } from '../message.ts';
import { PlaceClosed, type Posted } from '../platform.ts';
import type { ChatLog } from '../tools.ts';
import { areBlocksRefused, explain, explainPost } from './explain.ts';
import { patiently } from './patiently.ts';
import { type SlackContent, slackMessage } from './render/message.ts';
import type { ResponseUrls } from './response-urls.ts';

/** An answer that only one person sees cannot be edited; it has no id of its own. */
export const ephemeralId = 'ephemeral';

const quiet = { unfurl_links: false, unfurl_media: false } as const;

export interface PostTools {
  readonly web: webApi.WebClient;
  readonly responseUrls: ResponseUrls;
  readonly log: ChatLog;
}

/** Posts a message where all of the place see it. @throws {PlatformError} */
export async function postForAll(to: Address, message: Message, tools: PostTools): Promise<Posted> {
  try {
    return await post(to, slackMessage(message), clientIdOf(to, message), tools);
  } catch (thrown) {
    throw explainPost(`post in ${addressName(to)}`, thrown);
  }
}

/**
 * Answers one person: by the address that came with their command, else as a message that Slack shows to them alone. Slack
 * does that only to people of the channel, and only where we are in it, too. @throws {PlatformError}
 */
export async function postForOne(
  { onlyFor, ...to }: Address,
  user: string,
  message: Message,
  tools: PostTools,
): Promise<Posted> {
  const { web, responseUrls } = tools;
  const seenByOne = { to: { ...to, ...(onlyFor !== undefined && { onlyFor }) }, id: ephemeralId };
  const content = slackMessage(message);
  if (isOfTwo(to)) {
    try {
      return await postForAll(to, message, tools);
    } catch (thrown) {
      // Commands can be given in a conversation of two other people, too.
      if (thrown instanceof PlaceClosed && (await responseUrls.answer(user, to, content))) return seenByOne;
      throw thrown;
    }
  }
  if (to.thread === undefined && (await responseUrls.answer(user, to, content))) return seenByOne;

  try {
    await inBlocksOrText(content, tools.log, (form) =>
      patiently(() => web.chat.postEphemeral({ ...placeOf(to), user, ...form }), { repeatable: true }),
    );
    return seenByOne;
  } catch (thrown) {
    throw explainPost(`answer ${user} in ${addressName(to)}`, thrown);
  }
}

/** Posts under an id by which Slack knows the same message again, should its first answer be lost. */
export async function post(
  to: Address,
  content: SlackContent,
  clientId: string,
  { web, log }: Pick<PostTools, 'web' | 'log'>,
): Promise<Posted> {
  const call = (form: SlackContent) =>
    web.apiCall('chat.postMessage', { ...placeOf(to), ...form, ...quiet, client_msg_id: clientId });
  const { ts = '', channel = to.place } = await inBlocksOrText(content, log, (form) =>
    patiently(() => call(form), { repeatable: true }),
  ).then((posted) => posted as webApi.ChatPostMessageResponse); // `apiCall` knows no method's answer.
  return { to: { ...to, place: channel }, id: ts };
}

/** Slack refuses all blocks for one that it does not like; the text says the same. */
async function inBlocksOrText<Sent>(
  content: SlackContent,
  log: ChatLog,
  send: (form: SlackContent) => Promise<Sent>,
): Promise<Sent> {
  try {
    return await send(content);
  } catch (thrown) {
    if (!areBlocksRefused(thrown)) throw thrown;
    log.warn(`Slack took a message only as plain text: ${explain('post its blocks', thrown).message}`);
    return send({ text: content.text, blocks: [] });
  }
}

function placeOf({ place, thread }: Address): { channel: string; thread_ts?: string } {
  return { channel: place, ...(thread !== undefined && { thread_ts: thread }) };
}

/** The same for the same message in the same place. */
export function clientIdOf(to: Address, { postId = randomUUID() }: Message, of = 'message'): string {
  const hash = createHash('sha256')
    .update(`${postId} ${addressName(to)} ${to.thread} ${of}`)
    .digest('hex');
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

function isOfTwo({ place }: Address): boolean {
  return place.startsWith('D');
}
