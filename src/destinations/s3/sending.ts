import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
  type UploadPartCommandOutput,
} from '@aws-sdk/client-s3';
import { type Bucket, keyOf, placeOf } from './bucket.ts';
import { isAboutPartNumber, isUnknownToStore } from './errors.ts';
import { markName } from './look.ts';
import { mostParts } from './part-size.ts';
import type { Part } from './parts.ts';
import { type Sums, sumsOfParts } from './sums.ts';
import { traitsOf } from './traits.ts';
import { inPieces } from './wire.ts';

/** The requests of one upload, and what was seen of them. All throw what the SDK throws. */
export interface Sending {
  /** The object in one piece. */
  whole(bytes: Buffer): Promise<void>;
  /** Comes before the first part. */
  begin(): Promise<void>;
  part(part: Part, signal: AbortSignal): Promise<CompletedPart>;
  /** Lets the object appear. */
  complete(parts: readonly CompletedPart[]): Promise<void>;
  /** Ends what was begun; says nothing when that fails, as what is left is ended with the abandoned ones. */
  abort(): Promise<void>;
  readonly sums: Sums;
  /** The store has been asked for the whole object, so it may be there whatever the answer was. */
  mayBeThere(): boolean;
  /** An upload may have begun that nobody has heard of, as the answer to an earlier attempt got lost. */
  mayBeTwice(): boolean;
}

interface Plan {
  readonly key: string;
  /** What tells the object from any other of that name. */
  readonly mark: string;
  readonly signal: AbortSignal;
  readonly onMoved: () => void;
  /** Called before the object appears. */
  beforeItAppears(): Promise<void>;
}

type Condition = Pick<CompleteMultipartUploadCommand['input'], 'IfNoneMatch'>;

export function openSending(bucket: Bucket, { key, mark, signal, onMoved, beforeItAppears }: Plan): Sending {
  const client = inPieces(bucket.client, bucket.limit, onMoved);
  const sums = sumsOfParts();
  const place = { ...placeOf(bucket, key), ...keyOf(bucket) };
  const traits = { ...place, ...traitsOf(bucket), Metadata: { [markName]: mark } };
  const untilCalledOff = { abortSignal: signal };
  let UploadId: string | undefined;
  let mayBeThere = false;
  let mayBeTwice = false;

  async function letAppear(send: (condition: Condition) => Promise<{ ETag?: string | undefined }>) {
    await beforeItAppears();
    mayBeThere = true;
    try {
      sums.heard((await send({ IfNoneMatch: '*' })).ETag);
    } catch (error) {
      if (!isUnknownToStore(error)) throw error;
      // Backblaze B2 knows no such condition; that nothing was there has just been seen.
      sums.heard((await send({})).ETag);
    }
  }

  return {
    whole(bytes) {
      const object = { ...traits, Body: bytes, ContentMD5: sums.add(0, bytes) };
      return letAppear((condition) =>
        client.send(new PutObjectCommand({ ...object, ...condition }), untilCalledOff),
      );
    },
    async begin() {
      mayBeTwice = true;
      const ChecksumAlgorithm = await partChecksums(bucket);
      const command = new CreateMultipartUploadCommand({ ...traits, ...ChecksumAlgorithm });
      const begun = await client.send(command, untilCalledOff);
      mayBeTwice = (begun.$metadata.attempts ?? 1) > 1;
      UploadId = begun.UploadId;
    },
    async part({ number, bytes }, abortSignal) {
      if (number > bucket.parts.most) throw tooManyParts(bucket.parts.most);
      // The store refuses bytes that came with a sum of others.
      const ContentMD5 = sums.add(number, bytes);
      const input = { ...place, UploadId, PartNumber: number, Body: bytes, ContentMD5 };
      try {
        return completed(number, await client.send(new UploadPartCommand(input), { abortSignal }));
      } catch (error) {
        if (!isAboutPartNumber(error)) throw error;
        // Some stores take 1,000: the next backup is sent in larger ones.
        bucket.parts.most = Math.min(bucket.parts.most, number - 1);
        throw tooManyParts(bucket.parts.most);
      }
    },
    complete(parts) {
      const input = { ...place, UploadId, MultipartUpload: { Parts: [...parts] } };
      return letAppear((condition) =>
        client.send(new CompleteMultipartUploadCommand({ ...input, ...condition }), untilCalledOff),
      );
    },
    async abort() {
      if (UploadId === undefined) return;
      const command = new AbortMultipartUploadCommand({ ...placeOf(bucket, key), UploadId });
      await client.send(command).catch(leaveForLater);
    },
    sums,
    mayBeThere: () => mayBeThere,
    mayBeTwice: () => mayBeTwice,
  };
}

function tooManyParts(most: number): Error {
  const message = `The store takes no more than ${most} parts.`;
  return Object.assign(new Error(message), { name: most === mostParts ? 'EntityTooLarge' : 'TooManyParts' });
}

/** With AWS's newer checksums every part brings one of its own, and the store has to be told before. */
async function partChecksums({ client }: Bucket): Promise<{ readonly ChecksumAlgorithm?: 'CRC32' }> {
  const when = await client.config.requestChecksumCalculation();
  return when === 'WHEN_SUPPORTED' ? { ChecksumAlgorithm: 'CRC32' } : {};
}

function completed(PartNumber: number, { ETag, ChecksumCRC32 }: UploadPartCommandOutput): CompletedPart {
  return { PartNumber, ETag, ...(ChecksumCRC32 && { ChecksumCRC32 }) };
}

/** Why the upload failed is what counts; what is left of it is ended with the abandoned ones. */
function leaveForLater(): void {}
