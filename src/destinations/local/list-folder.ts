import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppName, type Backup } from '../../domain/backup.ts';
import { archiveKey, readBackupKey } from '../../domain/backup-key.ts';
import { refuseLink, unlessMissing } from './folders.ts';

/** The backups of `app` below `root`: plain files with a name of ours. */
export async function listFolder(root: string, app: string, rootMayBeMissing: boolean): Promise<Backup[]> {
  const names = await namesIn(root, app, rootMayBeMissing);
  const keys = names.filter((key) => readBackupKey(key) !== undefined);

  const backups: Backup[] = [];
  for (let at = 0; at < keys.length; at += looksAtATime) {
    const looks = keys.slice(at, at + looksAtATime).map((key) => lookAt(root, key));
    backups.push(...(await Promise.all(looks)).filter((backup) => backup !== undefined));
  }
  return backups;
}

/** The manifests of `app` below `root`, by their names alone. */
export async function manifestsIn(root: string, app: string, rootMayBeMissing: boolean): Promise<string[]> {
  const names = await namesIn(root, app, rootMayBeMissing);
  return names.filter((key) => archiveKey(key) !== undefined);
}

const mostFolders = 1000;

/** The folders below `root` that may be those of apps. Links are not followed. */
export async function foldersIn(root: string, rootMayBeMissing: boolean): Promise<string[]> {
  if (!rootMayBeMissing) await stat(root);
  const entries = (await unlessMissing(readdir(root, { withFileTypes: true }))) ?? [];
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.filter((name) => AppName.safeParse(name).success).slice(0, mostFolders);
}

async function namesIn(root: string, app: string, rootMayBeMissing: boolean): Promise<string[]> {
  if (!rootMayBeMissing) await stat(root);
  await refuseLink(join(root, app));
  const names = (await unlessMissing(readdir(join(root, app)))) ?? [];
  return names.map((name) => `${app}/${name}`);
}

const looksAtATime = 100;

/** `undefined` for what is no plain file, or has gone since the folder was read. */
async function lookAt(root: string, key: string): Promise<Backup | undefined> {
  const identity = readBackupKey(key);
  const found = await unlessMissing(lstat(join(root, key)));
  if (identity === undefined || !found?.isFile()) return undefined;
  return { key, ...identity, sizeInBytes: found.size };
}
