import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppName, type Backup } from '../../domain/backup.ts';
import { archiveKey, readBackupKey } from '../../domain/backup-key.ts';
import { unlessMissing, within } from './folders.ts';

/** The backups of `app` below `root`: plain files with a name of ours. */
export async function listFolder(root: string, app: string, rootMayBeMissing: boolean): Promise<Backup[]> {
  return inFolder(root, app, rootMayBeMissing, async (folder, names) => {
    const found = names
      .map((name) => ({ name, key: `${app}/${name}` }))
      .filter(({ key }) => readBackupKey(key));
    const backups: Backup[] = [];
    for (let at = 0; at < found.length; at += looksAtATime) {
      const looks = found
        .slice(at, at + looksAtATime)
        .map(({ name, key }) => lookAt(join(folder, name), key));
      backups.push(...(await Promise.all(looks)).filter((backup) => backup !== undefined));
    }
    return backups;
  });
}

/** The manifests of `app` below `root`, by their names alone. */
export async function manifestsIn(root: string, app: string, rootMayBeMissing: boolean): Promise<string[]> {
  return inFolder(root, app, rootMayBeMissing, async (_, names) =>
    names.map((name) => `${app}/${name}`).filter((key) => archiveKey(key) !== undefined),
  );
}

const mostFolders = 1000;

/** The folders below `root` that may be those of apps. Links are not followed. */
export async function foldersIn(root: string, rootMayBeMissing: boolean): Promise<string[]> {
  if (!rootMayBeMissing) await stat(root);
  const entries = (await unlessMissing(readdir(root, { withFileTypes: true }))) ?? [];
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.filter((name) => AppName.safeParse(name).success).slice(0, mostFolders);
}

/** Nothing when the folder of the app is not there. */
async function inFolder<Found>(
  root: string,
  app: string,
  rootMayBeMissing: boolean,
  look: (folder: string, names: readonly string[]) => Promise<Found[]>,
): Promise<Found[]> {
  if (!rootMayBeMissing) await stat(root);
  const found = within(join(root, app), async (folder) => look(folder, await readdir(folder)));
  return (await unlessMissing(found)) ?? [];
}

const looksAtATime = 100;

/** `undefined` for what is no plain file, or has gone since the folder was read. */
async function lookAt(path: string, key: string): Promise<Backup | undefined> {
  const identity = readBackupKey(key);
  const found = await unlessMissing(lstat(path));
  if (identity === undefined || !found?.isFile()) return undefined;
  return { key, ...identity, sizeInBytes: found.size };
}
