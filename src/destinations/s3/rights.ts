import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Finding } from '../destination.ts';
import { type Bucket, placeOf } from './bucket.ts';
import { unlessForbidden } from './errors.ts';
import { refuseEmpty } from './not-a-store.ts';
import { traitsOf } from './traits.ts';

/** Stored for a moment where nothing can stay; elsewhere never: an upload to it is begun and ended, and its deletion asked for. */
const probe = 'holdfast-check';

export async function mayList({ client, options }: Bucket): Promise<Finding> {
  const question = { Bucket: options.bucket, Prefix: options.prefix, MaxKeys: 1 };
  const { answer } = await unlessForbidden(client.send(new ListObjectsV2Command(question)).then(refuseEmpty));
  return { about: 'may list', answer: answer ? 'yes' : 'no' };
}

/** An upload that is begun and ended needs the same right as one that is finished, and leaves nothing, not even in a locked bucket. */
export async function mayWrite(bucket: Bucket): Promise<Finding> {
  const place = placeOf(bucket, probe);
  const { answer: begun, said } = await unlessForbidden(
    bucket.client.send(new CreateMultipartUploadCommand({ ...place, ...traitsOf(bucket) })),
  );
  if (begun === undefined) {
    const note = `Nothing can be stored: the store said ${said}. Storing takes the right s3:PutObject on ${place.Bucket}/${bucket.options.prefix}*.`;
    return { about: 'may write', answer: 'no', note, isProblem: true };
  }
  const { answer: ended } = await unlessForbidden(
    bucket.client.send(new AbortMultipartUploadCommand({ ...place, UploadId: begun.UploadId })),
  );
  if (ended !== undefined) return { about: 'may write', answer: 'yes' };
  return { about: 'may write', answer: 'yes', note: mayNotAbort };
}

const mayNotAbort =
  'It may not end an upload (s3:AbortMultipartUpload): give the bucket a lifecycle rule that ends unfinished ones.';

/** In a versioned bucket the deletion of what is not there is a version, too: it is removed again. */
export async function mayDelete(bucket: Bucket, versioned: Finding['answer']): Promise<Finding> {
  const place = placeOf(bucket, probe);
  const { answer: deleted, said } = await unlessForbidden(bucket.client.send(new DeleteObjectCommand(place)));
  if (deleted === undefined) return { about: 'may delete', answer: 'no', note: mayNotDelete(said) };
  if (versioned !== 'no' && deleted.DeleteMarker && deleted.VersionId !== undefined) {
    const marker = new DeleteObjectCommand({ ...place, VersionId: deleted.VersionId });
    await unlessForbidden(bucket.client.send(marker));
  }
  return { about: 'may delete', answer: 'yes' };
}

/** @throws what the SDK throws */
export async function writeAndRemove(bucket: Bucket): Promise<void> {
  const place = placeOf(bucket, probe);
  await bucket.client.send(
    new PutObjectCommand({ ...place, ...traitsOf(bucket), Body: 'Holdfast was here.' }),
  );
  await bucket.client.send(new DeleteObjectCommand(place));
}

function mayNotDelete(said: string): string {
  return `The store said ${said}. Old backups have to be removed with other credentials, or by a lifecycle rule.`;
}
