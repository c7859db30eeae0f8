import { createHash } from 'node:crypto';

/**
 * What a store calls the content it has got, made of what was sent: the MD5 of one piece, or of the MD5s of all parts. That is
 * so unless the store encrypts with keys that are not its own; what it then says cannot be compared.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html#AmazonS3-Type-Object-ETag
 */
export interface Sums {
  /** Part 1 is the first; an object that is sent whole is part 0. Gives the MD5 in base64. */
  add(part: number, bytes: Uint8Array): string;
  /** Such as `5d41402abc4b2a76b9719d911017c592-3`. */
  tag(): string;
  sizeInBytes(): number;
  /** What the store answered when it had everything. */
  heard(tag: string | undefined): void;
  /** Whether that answer was the tag of just these bytes. */
  isConfirmed(): boolean;
}

export function sumsOfParts(): Sums {
  const sums = new Map<number, Buffer>();
  let sizeInBytes = 0;
  let answer: string | undefined;

  function tag(): string {
    const whole = sums.get(0);
    if (whole !== undefined) return whole.toString('hex');
    const inOrder = [...sums].toSorted(([a], [b]) => a - b).map(([, sum]) => sum);
    return `${md5(Buffer.concat(inOrder)).toString('hex')}-${sums.size}`;
  }

  return {
    add(part, bytes) {
      const sum = md5(bytes);
      sums.set(part, sum);
      sizeInBytes += bytes.length;
      return sum.toString('base64');
    },
    tag,
    sizeInBytes: () => sizeInBytes,
    heard(heardTag) {
      answer = heardTag?.replaceAll('"', '');
    },
    isConfirmed: () => answer === tag(),
  };
}

function md5(bytes: Uint8Array): Buffer {
  return createHash('md5').update(bytes).digest();
}
