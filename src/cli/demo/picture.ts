import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const side = 192;

/** A coloured square with some noise on it, as a PNG. https://www.w3.org/TR/png-3/#5DataRep */
export function picture(n: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits a channel, RGB

  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels(n), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function pixels(n: number): Uint8Array {
  const rowLength = 1 + side * 3; // Each row begins with its filter: none.
  const noise = Uint8Array.from(randomBytes(rowLength * side));
  return noise.map((byte, i) => (i % rowLength === 0 ? 0 : (byte >> 2) + ((n * 37 * (1 + (i % 3))) % 192)));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
