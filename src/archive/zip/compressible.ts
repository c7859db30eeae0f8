import { deflateRawSync } from 'node:zlib';

/**
 * Whether compressing is worth the time, judged by four samples of the content and not by what its name promises. Photos, films
 * and archives have every byte equally often; what looks like that is tried, as it may still repeat itself.
 */
export function isCompressible(content: Buffer): boolean {
  if (content.length <= worthTryingInBytes) return true;
  if (bitsPerByte(sampleOf(content, 256)) < noticeablyOrderly) return true;
  const sample = sampleOf(content, 1024);
  return deflateRawSync(sample, { level: 1 }).length < sample.length * worthwhile;
}

const worthTryingInBytes = 512;

/** Of 8 bits: text has 4 to 5, programs 6, tables of numbers 7; a KiB of noise comes to 7.8. */
const noticeablyOrderly = 7.2;

const worthwhile = 0.97;

const pieces = 4;

/** From the middle of each quarter: how a file begins says little about the rest. */
function sampleOf(content: Buffer, pieceInBytes: number): Buffer {
  if (content.length <= pieces * pieceInBytes) return content;
  const middles = Array.from({ length: pieces }, (_, number) => ((number + 0.5) * content.length) / pieces);
  const starts = middles.map((middle) => Math.floor(middle - pieceInBytes / 2));
  return Buffer.concat(starts.map((start) => content.subarray(start, start + pieceInBytes)));
}

/** Shannon's entropy of single bytes. */
function bitsPerByte(sample: Buffer): number {
  const counts = new Uint16Array(256);
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at] ?? 0;
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
  let bits = 0;
  for (const count of counts) if (count > 0) bits += count * Math.log2(sample.length / count);
  return bits / sample.length;
}
