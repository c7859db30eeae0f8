/**
 * Whether compressing is worth the time, judged by four samples of the content and not by what its name promises. Photos, films
 * and archives have every byte equally often, and nothing in them comes again.
 */
export function isCompressible(content: Buffer): boolean {
  if (content.length <= worthTryingInBytes) return true;
  if (bitsPerByte(sampleOf(content, 256)) < noticeablyOrderly) return true;
  const sample = sampleOf(content, pieceInBytes);
  return bitsPerByte(sample) < orderly || repeatedBytes(sample) > sample.length * worthwhile;
}

const worthTryingInBytes = 512;

/** Of 8 bits: text has 4 to 5, programs 6, tables of numbers 7; a KiB of noise comes to 7.8. */
const noticeablyOrderly = 7.2;

/** What saves a thirtieth. 2 KiB of noise come to 7.9; less of it looks more orderly and is tried, which costs little then. */
const orderly = 7.8;

const worthwhile = 0.03;

const pieces = 4;
const pieceInBytes = 512;

// Asked of each file there is: all the memory it needs is here once and for all.
const room = Buffer.alloc(pieces * pieceInBytes);
const counts = new Uint16Array(256);
const fours = new Int32Array(4096);

/** From the middle of each quarter: how a file begins says little about the rest. */
function sampleOf(content: Buffer, pieceInBytes: number): Buffer {
  if (content.length <= pieces * pieceInBytes) return content;
  for (let piece = 0; piece < pieces; piece++) {
    const start = Math.floor(((piece + 0.5) * content.length) / pieces - pieceInBytes / 2);
    content.copy(room, piece * pieceInBytes, start, start + pieceInBytes);
  }
  return room.subarray(0, pieces * pieceInBytes);
}

/** Shannon's entropy of single bytes. */
function bitsPerByte(sample: Buffer): number {
  counts.fill(0);
  for (const byte of sample) counts[byte] = (counts[byte] ?? 0) + 1;
  let bits = 0;
  for (const count of counts) if (count > 0) bits += count * Math.log2(sample.length / count);
  return bits / sample.length;
}

/** About as many as deflate would save by pointing back: where four bytes come again, all but the first few are free. */
function repeatedBytes(sample: Buffer): number {
  fours.fill(0);
  let [repeated, four] = [0, 0];
  for (const byte of sample) {
    four = (four >>> 8) | (byte << 24);
    const slot = Math.imul(four, goldenRatio) >>> 20;
    if (fours[slot] === four) repeated += 1;
    fours[slot] = four;
  }
  return repeated;
}

/** Spreads what is alike over all slots. Knuth, The Art of Computer Programming, 6.4. */
const goldenRatio = 0x9e37_79b1;
