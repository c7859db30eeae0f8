import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { clip } from '../../domain/clip.ts';
import { addressName } from '../../domain/who.ts';
import type { Message, Picture } from '../message.ts';
import { PlatformError, type Posted } from '../platform.ts';
import { explain } from './explain.ts';
import { ephemeralId, type PostTools, postForAll } from './post.ts';

const timeoutMs = 30_000;
const longestAlt = 1000;

const Slot = z.object({ upload_url: z.string(), file_id: z.string() });

/**
 * Puts the picture of a message below it; what only `user` sees can have none, so that it goes into the conversation with them. Never
 * rejects: the message says the same in words.
 */
export async function addPicture(
  posted: Posted,
  message: Message,
  user: string | undefined,
  tools: PostTools,
): Promise<void> {
  const { picture } = message;
  if (picture === undefined) return;
  try {
    const bytes = await drawn(picture);
    const below = posted.id === ephemeralId ? await postInConversation(user, message, tools) : posted;
    await upload(below, picture, bytes, tools.web);
  } catch (thrown) {
    tools.log.warn(explain(`add the picture ${picture.name} in ${addressName(posted.to)}`, thrown).message);
  }
}

/** Slack takes the id of a person for the conversation with them. */
function postInConversation(
  user = '',
  { picture: _, actions: __, ...message }: Message,
  tools: PostTools,
): Promise<Posted> {
  const note: Message['blocks'] = [
    { kind: 'lines', lines: [['Here because only you can see the answer where you asked.']] },
  ];
  return postForAll({ platform: 'slack', place: user }, { ...message, blocks: note }, tools);
}

/** What goes wrong here is no fault of Slack's. */
async function drawn({ name, draw }: Picture): Promise<Uint8Array> {
  try {
    return await draw();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PlatformError(`Could not draw the picture ${name}: ${reason}`, { cause });
  }
}

/**
 * The three steps of `files.uploadV2` by hand: the client's own sends the description of the picture as `alt_text`, which
 * Slack calls `alt_txt` and would not see. https://docs.slack.dev/reference/methods/files.getUploadURLExternal
 */
async function upload(
  { to, id }: Posted,
  { name, alt }: Picture,
  bytes: Uint8Array,
  web: webApi.WebClient,
): Promise<void> {
  const { upload_url, file_id } = Slot.parse(
    await web.apiCall('files.getUploadURLExternal', {
      filename: name,
      length: bytes.length,
      alt_txt: clip(alt, longestAlt),
    }),
  );
  const response = await fetch(upload_url, {
    method: 'POST',
    body: Buffer.from(bytes),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`HTTP ${response.status} at the end of an upload`);

  await web.files.completeUploadExternal({
    files: [{ id: file_id, title: name }],
    channel_id: to.place,
    thread_ts: to.thread ?? id,
  });
}
