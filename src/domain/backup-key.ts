import { DateTime } from 'luxon';
import { AppName, type Backup, type BackupKind } from './backup.ts';

type Identity = Pick<Backup, 'app' | 'kind' | 'takenAt'>;

/** What the name of an archive ends in, by its format. */
export type ArchiveExtension = 'zip' | 'tar.gz';

const stamp = 'yyyy-MM-dd-HH-mm-ss';
const archiveName = /^(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)(?:\.(db|files))?\.(?:zip|tar\.gz)$/;

/** `shop`, full, 2026-11-22T03:15:00Z → `shop/2026-11-22-03-15-00.zip`; partial ones end in `.db.zip` and `.files.zip`. UTC. */
export function backupKey({ app, kind, takenAt }: Identity, extension: ArchiveExtension = 'zip'): string {
  return `${app}/${takenAt.toUTC().toFormat(stamp)}${kind === 'full' ? '' : `.${kind}`}.${extension}`;
}

/** The way back; `undefined` for every name that is not exactly ours, which is then neither counted nor touched. */
export function readBackupKey(key: string): Identity | undefined {
  const slash = key.indexOf('/');
  const app = key.slice(0, slash);
  const [, ...parts] = archiveName.exec(key.slice(slash + 1)) ?? [];
  if (slash < 1 || parts.length === 0 || !AppName.safeParse(app).success) return undefined;

  // Not `fromFormat`: a listing has thousands of names, and that takes ten times as long.
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(0, 6).map(Number);
  const takenAt = DateTime.utc(year, month, day, hour, minute, second);
  const kind = parts[6] ?? 'full';
  // Hour 24 is midnight of the next day, which is written in another way: two names would be one backup.
  if (!takenAt.isValid || takenAt.hour !== hour) return undefined;
  return { app, kind: kind as BackupKind, takenAt };
}

/**
 * `shop/2026-11-22-03-15-00.zip` → `shop/2026-11-22-03-15-00.manifest.json`. Of another format the ending stays in between,
 * `….tar.gz.manifest.json`, so that there is a way back.
 */
export function manifestKey(archiveKey: string): string {
  return `${archiveKey.replace(/\.zip$/, '')}.manifest.json`;
}

/** The way back; `undefined` for every name that is not exactly that of a manifest of ours. */
export function archiveKey(manifest: string): string | undefined {
  const [, name = ''] = /^(.*)\.manifest\.json$/s.exec(manifest) ?? [];
  const key = name.endsWith('.tar.gz') ? name : `${name}.zip`;
  return readBackupKey(key) === undefined || manifestKey(key) !== manifest ? undefined : key;
}
