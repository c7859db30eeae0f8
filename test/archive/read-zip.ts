import { crc32, inflateRawSync } from 'node:zlib';

/** The content of each entry of a zip, by its name, found as programs do: from the end. @throws when a CRC or size is wrong. */
export function readZip(archive: Buffer): Record<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let at = archive.readUInt32LE(end + 16);
  const contents = Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    const header = archive.subarray(at);
    const nameLength = header.readUInt16LE(28);
    at += 46 + nameLength + header.readUInt16LE(30) + header.readUInt16LE(32);
    return [header.toString('utf8', 46, 46 + nameLength), contentOf(archive, header)] as const;
  });
  return Object.fromEntries(contents);
}

function contentOf(archive: Buffer, header: Buffer): Buffer {
  const local = archive.subarray(header.readUInt32LE(42));
  const start = 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const compressed = local.subarray(start, start + header.readUInt32LE(20));
  const content = header.readUInt16LE(10) === 0 ? compressed : inflateRawSync(compressed);
  if (content.length !== header.readUInt32LE(24)) throw new Error('The size is wrong.');
  if (crc32(content) !== header.readUInt32LE(16)) throw new Error('The CRC is wrong.');
  return content;
}
