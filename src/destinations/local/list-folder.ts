import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backup } from '../../domain/backup.ts';
import { readBackupKey } from '../../domain/backup-key.ts';
import { refuseLink, unlessMissing } from './folders.ts';

/** The backups of `app` below `root`: plain files with a name of ours. */
export async function listFolder(root: string, app: string, rootMayBeMissing: boolean): Promise<Backup[]> {
  if (!rootMayBeMissing) await stat(root);
  await refuseLink(join(root, app));
  const names = (await unlessMissing(readdir(join(root, app)))) ?? [];
  const keys = names.map((name) => `${app}/${name}`).filter((key) => readBackupKey(key) !== undefined);

  const backups: Backup[] = [];
  for (let at = 0; at < keys.length; at += looksAtATime) {
    const looks = keys.slice(at, at + looksAtATime).map((key) => lookAt(root, key));
    backups.push(...(await Promise.all(looks)).filter((backup) => backup !== undefined));
  }
  return backups;
}

const looksAtATime = 100;

/** `undefined` for what is no plain file, or has gone since the folder was read. */
async function lookAt(root: string, key: string): Promise<Backup | undefined> {
  const identity = readBackupKey(key);
  const found = await unlessMissing(lstat(join(root, key)));
  if (identity === undefined || !found?.isFile()) return undefined;
  return { key, ...identity, sizeInBytes: found.size };
}
