import { createHash } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import { type Address, addressName } from '../../domain/who.ts';
import type { Message } from '../message.ts';
import type { Posted } from '../platform.ts';
import { explain, refusalOf } from './explain.ts';
import { patiently } from './patiently.ts';
import { type SlackContent, slackMessage } from './render/message.ts';
import type { ResponseUrls } from './response-urls.ts';

/** An answer that only one person sees cannot be edited; it has no id of its own. */
export const ephemeralId = 'ephemeral';

const quiet = { unfurl_links: false, unfurl_media: false } as const;

interface PostTools {
  readonly web: webApi.WebClient;
  readonly responseUrls: ResponseUrls;
}

/** Posts a message where all of the place see it. @throws {PlatformError} */
export async function postForAll(
  to: Address,
  message: Message,
  { web, responseUrls }: PostTools,
): Promise<Posted> {
  const content = slackMessage(message);
  try {
    return { to, id: await post(web, to, content, idOfLastWord(to, message)) };
  } catch (thrown) {
    if (isNotInChannel(thrown)) await responseUrls.answerLast(to, inviteFirst());
    throw explain(`post in ${addressName(to)}`, thrown);
  }
}

/**
 * Answers one person. Slack shows such an answer only to people of the channel, and only where we are in it, too; else
 * it comes as a direct message. @throws {PlatformError}
 */
export async function postForOne(
  to: Address,
  user: string,
  message: Message,
  { web, responseUrls }: PostTools,
): Promise<Posted> {
  const content = slackMessage(message);
  if (isOfTwo(to)) return { to, id: await post(web, to, content, idOfLastWord(to, message)) };
  if (to.thread === undefined && (await responseUrls.answer(user, to, content)))
    return { to, id: ephemeralId };

  try {
    await patiently(() => web.chat.postEphemeral({ ...placeOf(to), user, ...content }));
  } catch (thrown) {
    if (!isNotInChannel(thrown)) throw explain(`answer ${user} in ${addressName(to)}`, thrown);
    await postDirectly(web, user, content);
  }
  return { to, id: ephemeralId };
}

async function postDirectly(web: webApi.WebClient, user: string, content: SlackContent): Promise<void> {
  try {
    await patiently(() => web.chat.postMessage({ channel: user, ...content, ...quiet }));
  } catch (thrown) {
    throw explain(`answer ${user}`, thrown);
  }
}

/** Posts, and gives the message's own name. */
export async function post(
  web: webApi.WebClient,
  to: Address,
  content: SlackContent,
  clientId?: string,
): Promise<string> {
  const id = clientId !== undefined && { client_msg_id: clientId };
  const { ts = '' } = await patiently(() =>
    web.apiCall('chat.postMessage', { ...placeOf(to), ...content, ...quiet, ...id }),
  ).then((posted) => posted as webApi.ChatPostMessageResponse); // `apiCall` knows no method's answer.
  return ts;
}

function placeOf({ place, thread }: Address): { channel: string; thread_ts?: string } {
  return { channel: place, ...(thread !== undefined && { thread_ts: thread }) };
}

/**
 * A last word is tried until Slack says that it took it. Should Slack have taken it and its answer be lost, the same id
 * lets Slack know the second for the first.
 */
export function idOfLastWord(to: Address, { concludes }: Message, of = 'message'): string | undefined {
  if (concludes === undefined) return undefined;
  const hash = createHash('sha256')
    .update(`${concludes} ${addressName(to)} ${to.thread} ${of}`)
    .digest('hex');
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

function isOfTwo({ place }: Address): boolean {
  return place.startsWith('D');
}

function isNotInChannel(thrown: unknown): boolean {
  return ['not_in_channel', 'channel_not_found', 'user_not_in_channel'].includes(refusalOf(thrown) ?? '');
}

function inviteFirst(): SlackContent {
  return slackMessage({
    tone: 'warning',
    title: ['I am not in this channel, so I cannot show here what becomes of it'],
    blocks: [
      {
        kind: 'lines',
        lines: [['Invite me: ', { code: '/invite @Holdfast' }, '. The result then follows here.']],
      },
    ],
  });
}
