import type { Finding } from '../destination.ts';
import type { Bucket } from './bucket.ts';
import { isLocked, isVersioned } from './kind.ts';
import { mayDelete, mayList, mayWrite, writeAndRemove } from './rights.ts';
import { mayListUploads } from './unfinished.ts';

/** What these credentials may do in this bucket, and what kind of bucket it is. @throws what the SDK throws */
export async function checkBucket(bucket: Bucket): Promise<Finding[]> {
  const list = await mayList(bucket);
  const write = await mayWrite(bucket);
  const versioned = await isVersioned(bucket);
  const remove = await mayDelete(bucket, versioned.answer);
  const locked = await isLocked(bucket);
  // Where nothing can stay it is done and not only asked.
  const canStay = versioned.answer !== 'no' || locked.answer !== 'no' || remove.answer !== 'yes';
  if (write.answer === 'yes' && !canStay && !locked.isProblem) await writeAndRemove(bucket);
  return [
    { about: 'reachable', answer: 'yes' },
    list.answer === 'no' && write.answer === 'yes' ? { ...list, note: writeOnly } : list,
    write,
    remove,
    await mayListUploads(bucket),
    versioned,
    locked,
  ];
}

const writeOnly =
  'The credentials are write-only: whoever takes over this machine cannot read its backups. List and clean with others.';
