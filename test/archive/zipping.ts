import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Archive, ArchiveFormat, Entry } from '../../src/archive/archive.ts';
import { zipFormat } from '../../src/archive/zip.ts';

/** As it is without a word in the configuration, on a machine of two cores. */
export const zip = zipFormat({ compression: { level: 6 }, threads: 2 });

export const modifiedAt = new Date('2026-07-01T12:34:56Z');

export function fileEntry(name: string, content: string | Buffer | Iterable<Buffer>): Entry {
  return { kind: 'file', name, mode: 0o644, modifiedAt, open: async () => Readable.from(chunks(content)) };
}

function chunks(content: string | Buffer | Iterable<Buffer>): Iterable<Buffer> {
  if (typeof content === 'string') return [Buffer.from(content)];
  return Buffer.isBuffer(content) ? [content] : content;
}

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

export function zipped(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  signal = new AbortController().signal,
  format: ArchiveFormat = zip,
): Archive {
  return format(Symbol.asyncIterator in entries ? entries : each(entries), { signal });
}

export async function writeZip(
  path: string,
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  format: ArchiveFormat = zip,
) {
  const archive = zipped(entries, undefined, format);
  await pipeline(archive.stream, createWriteStream(path));
  return archive.summary;
}
