import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TarContent } from './tar-writer.ts';

/**
 * All of a stream, in a file that has no name any more: nobody finds it, and it is gone when the process is.
 * @throws what the stream fails with, or a sentence when it does not fit.
 */
export async function spool(content: AsyncIterable<Buffer>): Promise<TarContent> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-'));
  const file = await open(join(folder, 'dump'), 'wx+', 0o600);
  try {
    await rm(folder, { recursive: true });
    for await (const chunk of content) await file.appendFile(chunk);
    const { size } = await file.stat();
    return { stream: file.createReadStream({ start: 0 }), sizeInBytes: size };
  } catch (error) {
    await file.close();
    throw isOutOfRoom(error) ? new Error(noRoom(), { cause: error }) : error;
  }
}

function isOutOfRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}

function noRoom(): string {
  return `There was no room in the temporary folder (${tmpdir()}) for a dump, which a tar.gz needs whole before it is packed. Make room, set TMPDIR to a larger folder, or choose zip.`;
}
