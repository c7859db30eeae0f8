import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { addressName } from '../../domain/who.ts';
import { clip } from '../clip.ts';
import type { Picture } from '../message.ts';
import { PlatformError, type Posted } from '../platform.ts';
import type { ChatLog } from '../tools.ts';
import { explain } from './explain.ts';

const timeoutMs = 30_000;
const longestAlt = 1000;

const Slot = z.object({ upload_url: z.string(), file_id: z.string() });

/** Puts a picture below its message. Never rejects: the message says the same in words. */
export async function addPicture(
  posted: Posted,
  picture: Picture,
  web: webApi.WebClient,
  log: ChatLog,
): Promise<void> {
  try {
    await upload(posted, picture, await drawn(picture), web);
  } catch (thrown) {
    log.warn(explain(`add the picture ${picture.name} in ${addressName(posted.to)}`, thrown).message);
  }
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
