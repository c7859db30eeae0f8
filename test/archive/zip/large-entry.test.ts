import { crc32, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ReadOutcome } from '../../../src/archive/archive.ts';
import { deflateCodec } from '../../../src/archive/zip/deflate-codec.ts';
import { largeEntry } from '../../../src/archive/zip/large-entry.ts';
import { openLedger } from '../../../src/archive/zip/ledger.ts';
import type { PackedBlock } from '../../../src/archive/zip/task.ts';

const codec = deflateCodec(6);
const version = { sizeInBytes: 300, modifiedAtInMs: 0 };
const file = { opened: version, closed: version };

describe('a large file that cannot be read on', () => {
  it('is kept as far as it was read, and its entry hears why', () => {
    const fault = { message: 'EIO: i/o error, read', code: 'EIO', errno: -5 };
    const { heard, content } = written([
      block('one'),
      { ...block('two'), isShort: true, fault },
      block('three'),
    ]);

    expect(content).toBe('onetwo');
    expect(heard).toEqual([{ kind: 'stopped', fault, readInBytes: 6 }]);
  });

  it('ends where it became shorter, whatever comes back behind that', () => {
    const { heard, content } = written([block('one'), { ...block('tw'), isShort: true }, block('three')]);

    expect(content).toBe('onetw');
    expect(heard).toEqual([{ kind: 'read', ...file, readInBytes: 5 }]);
  });
});

function block(text: string): PackedBlock {
  const content = Buffer.from(text);
  return { bytes: codec.large.block(content), crc32: crc32(content), uncompressedSize: content.length };
}

/** An entry of these blocks: what it holds, and what it heard. */
function written(blocks: readonly PackedBlock[]) {
  const heard: ReadOutcome[] = [];
  const onDisk = {
    pathAsLatin1: '/a',
    throughLink: false,
    hear: (outcome: ReadOutcome) => heard.push(outcome),
  };
  const entry = {
    kind: 'file',
    name: 'a',
    mode: 0o644,
    modifiedAt: new Date(0),
    open: async () => undefined,
    onDisk,
  } as const;
  const large = largeEntry({ kind: 'begin', entry, mostInBytes: 300 }, codec, openLedger(undefined));

  const blockBytes = blocks.flatMap((each) => large.add(each));
  const [ending = Buffer.alloc(0), descriptor] = large.end(file);
  const content = inflateRawSync(Buffer.concat([...blockBytes, ending]));
  if (Buffer.from(descriptor ?? []).readUInt32LE(4) !== crc32(content)) throw new Error('The CRC is wrong.');
  return { heard, content: String(content) };
}
