import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { execa } from 'execa';
import { manifestKey, readBackupKey } from '../../src/domain/backup-key.ts';
import { Manifest } from '../../src/domain/manifest.ts';
import { everythingIn } from '../destinations/s3-place.ts';
import { type Bank, exactSum } from './bank.ts';
import type { World } from './world.ts';

/** One place with backups, seen from outside the product. */
export interface Store {
  readonly name: 'disk' | 'offsite';
  /** Everything that is there, finished or not. */
  everything(): Promise<string[]>;
  fetch(key: string, to: string): Promise<void>;
  remove(key: string): Promise<void>;
}

export function storesOf({ disk, ceph, bucket }: World): readonly Store[] {
  return [
    {
      name: 'disk',
      async everything() {
        const names = await readdir(join(disk, 'shop')).catch(() => []); // Before the first backup it is not there.
        return names.map((name) => `shop/${name}`);
      },
      fetch: (key, to) => copyFile(join(disk, key), to),
      remove: (key) => rm(join(disk, key)),
    },
    {
      name: 'offsite',
      everything: () => everythingIn(ceph.client, bucket),
      async fetch(key, to) {
        const { Body } = await ceph.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        await writeFile(to, (await Body?.transformToByteArray()) ?? '');
      },
      async remove(key) {
        await ceph.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      },
    },
  ];
}

/** A backup that was looked into and found whole. */
export interface Good {
  readonly store: Store['name'];
  readonly key: string;
  readonly runId: string;
}

/**
 * Looks into an archive as somebody would who needs it: unpacks it, compares it with its manifest, loads its dump and adds up what is in it.
 * Gives what is wrong with it in words, or the run that made it.
 */
export async function lookInto(
  store: Store,
  key: string,
  bank: Bank,
  folder: string,
): Promise<{ readonly wrong: string } | { readonly runId: string }> {
  const archive = join(folder, `${store.name}.zip`);
  const beside = join(folder, `${store.name}.manifest.json`);
  const where = `${key} at ${store.name}`;
  try {
    await store.fetch(key, archive);
    await store.fetch(manifestKey(key), beside);
    const manifest = Manifest.parse(JSON.parse(await readFile(beside, 'utf8')));
    if ((await sha256Of(archive)) !== manifest.archive.sha256)
      return { wrong: `${where} is not what its manifest says` };
    await execa('unzip', ['-tqq', archive]);
    const sum = await bank.sumOfDump(archive);
    return sum === exactSum
      ? manifest
      : { wrong: `the bank in ${where} holds ${sum} instead of ${exactSum}` };
  } catch (error) {
    return { wrong: `${where} is no backup: ${String(error).split('\n')[0]}` };
  }
}

/** What is under a final name. */
export function archivesAmong(keys: readonly string[]): string[] {
  return keys.filter((key) => readBackupKey(key) !== undefined).toSorted();
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
