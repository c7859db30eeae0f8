import type { Finding } from '../destination.ts';
import type { Bucket } from './bucket.ts';
import { isLocked, isVersioned } from './kind.ts';
import { mayDelete, mayList, mayWrite } from './rights.ts';
import { mayListUploads } from './unfinished.ts';

/** What these credentials may do in this bucket, and what kind of bucket it is. @throws what the SDK throws */
export async function checkBucket(bucket: Bucket): Promise<Finding[]> {
  const list = await mayList(bucket);
  const write = await mayWrite(bucket);
  const versioned = await isVersioned(bucket);
  return [
    { about: 'reachable', answer: 'yes' },
    list.answer === 'no' && write.answer === 'yes' ? { ...list, note: writeOnly } : list,
    write,
    await mayDelete(bucket, versioned.answer),
    await mayListUploads(bucket),
    versioned,
    await isLocked(bucket),
  ];
}

const writeOnly =
  'The credentials are write-only: whoever takes over this machine cannot read its backups. List and clean with others.';
