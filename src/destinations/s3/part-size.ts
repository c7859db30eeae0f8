const mebibyte = 1024 * 1024;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const mostParts = 10_000;
const largestPart = 5 * 1024 * mebibyte;

/** An estimate may be off by this much without the parts running out. */
const margin = 2;

/** So large, in bytes, that twice the estimate fits into as many parts as the store takes; at least what was configured. */
export function partSizeFor(partSizeInMiB: number, estimatedSizeInBytes = 0, most = mostParts): number {
  const needed = Math.ceil((margin * estimatedSizeInBytes) / most / mebibyte) * mebibyte;
  return Math.min(largestPart, Math.max(partSizeInMiB * mebibyte, needed));
}
