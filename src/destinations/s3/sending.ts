import {
  AbortMultipartUploadCommand,
  type CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';
import { isUnknownToStore } from './errors.ts';
import { type Sums, sumsOfParts } from './sums.ts';
import { inPieces } from './wire.ts';

type Command =
  | AbortMultipartUploadCommand
  | CompleteMultipartUploadCommand
  | CreateMultipartUploadCommand
  | PutObjectCommand
  | UploadPartCommand;

/** The commands of one upload on their way to the store, and what was seen of them. */
export interface Sending {
  /** To be given to the SDK's upload. */
  readonly client: S3Client;
  readonly sums: Sums;
  /** The store has been asked for the whole object, so it may be there whatever the answer was. */
  mayBeThere(): boolean;
  /** An upload may have begun that nobody has heard of, as the answer to an earlier attempt got lost. */
  mayBeTwice(): boolean;
}

interface Watch {
  readonly signal: AbortSignal;
  readonly onMoved: () => void;
  /** Called before the object appears. */
  beforeItAppears(): Promise<void>;
}

/** A client that does what the SDK's upload does not: it lets go of requests at the `signal`, and watches what leaves. */
export function watchSending(bucket: Bucket, { signal, onMoved, beforeItAppears }: Watch): Sending {
  const client = inPieces(bucket.client, bucket.limit, onMoved);
  const sums = sumsOfParts();
  let mayBeThere = false;
  let mayBeTwice = false;

  async function send(command: Command): Promise<unknown> {
    if (command instanceof AbortMultipartUploadCommand) return client.send(command).catch(leaveForLater);
    if (command instanceof CreateMultipartUploadCommand) return begin(command);
    if (command instanceof UploadPartCommand) {
      prepare(command, command.input.PartNumber);
      return client.send(command, { abortSignal: signal });
    }
    if (command instanceof PutObjectCommand) prepare(command);
    return letAppear(command);
  }

  async function letAppear(command: PutObjectCommand | CompleteMultipartUploadCommand): Promise<unknown> {
    const sendOff = () =>
      command instanceof PutObjectCommand
        ? client.send(command, { abortSignal: signal })
        : client.send(command, { abortSignal: signal });
    await beforeItAppears();
    mayBeThere = true;
    try {
      return await sendOff();
    } catch (error) {
      if (!isUnknownToStore(error)) throw error;
      command.input.IfNoneMatch = undefined; // Backblaze B2 knows no such condition; that nothing was there has just been seen.
      return sendOff();
    }
  }

  /** The store refuses bytes that came with a sum of others. */
  function prepare(command: PutObjectCommand | UploadPartCommand, part = 0): void {
    command.input.ContentMD5 = sums.add(part, bodyOf(command));
  }

  async function begin(command: CreateMultipartUploadCommand): Promise<unknown> {
    mayBeTwice = true;
    const output = await client.send(command, { abortSignal: signal });
    mayBeTwice = (output.$metadata.attempts ?? 1) > 1;
    return output;
  }

  return {
    client: Object.assign(Object.create(client), { send }),
    sums,
    mayBeThere: () => mayBeThere,
    mayBeTwice: () => mayBeTwice,
  };
}

/** Why the upload failed is what counts; what is left of it is ended with the abandoned ones. */
function leaveForLater(): void {}

/** The SDK's upload hands over its parts as buffers. */
function bodyOf({ input: { Body } }: PutObjectCommand | UploadPartCommand): Uint8Array {
  return Body instanceof Uint8Array ? Body : new Uint8Array();
}
