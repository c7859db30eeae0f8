import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Archive, ArchiveFormat, Entry } from '../../src/archive/archive.ts';
import { hasZstd } from '../../src/archive/zip/has-zstd.ts';
import type { FileEntry } from '../../src/archive/zip/step.ts';
import { zipFormat } from '../../src/archive/zip.ts';

/** Each way to compress there is in this Node, with the threads of a machine of two cores. */
export const zips = ([6, ...(hasZstd ? (['zstd'] as const) : [])] as const).map(
  (level) => [level, zipFormat({ compression: { level }, threads: 2 })] as const,
);

/** As most have it. */
const zip = zipFormat({ compression: { level: 6 }, threads: 2 });

export const modifiedAt = new Date('2026-07-01T12:34:56Z');

export function fileEntry(name: string, content: string | Buffer | Iterable<Buffer>): FileEntry {
  return { kind: 'file', name, mode: 0o644, modifiedAt, open: async () => Readable.from(chunks(content)) };
}

function chunks(content: string | Buffer | Iterable<Buffer>): Iterable<Buffer> {
  if (typeof content === 'string') return [Buffer.from(content)];
  return Buffer.isBuffer(content) ? [content] : content;
}

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

export async function* all(entries: AsyncIterable<Entry>, ...more: readonly Entry[]): AsyncGenerator<Entry> {
  yield* entries;
  yield* more;
}

export function zipped(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  signal = new AbortController().signal,
  format: ArchiveFormat = zip,
): Archive {
  return format(Symbol.asyncIterator in entries ? entries : each(entries), { signal });
}

export function zippedAs(format: ArchiveFormat) {
  return (entries: AsyncIterable<Entry> | Iterable<Entry>, signal?: AbortSignal) =>
    zipped(entries, signal, format);
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
