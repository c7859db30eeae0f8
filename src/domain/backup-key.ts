import { DateTime } from 'luxon';
import { AppName, type Backup, type BackupKind } from './backup.ts';

type Identity = Pick<Backup, 'app' | 'kind' | 'takenAt'>;

const stamp = 'yyyy-MM-dd-HH-mm-ss';
const archiveName = /^(\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)(?:\.(db|files))?\.zip$/;

/** `shop`, full, 2026-11-22T03:15:00Z → `shop/2026-11-22-03-15-00.zip`; partial ones end in `.db.zip` and `.files.zip`. UTC. */
export function backupKey({ app, kind, takenAt }: Identity): string {
  return `${app}/${takenAt.toUTC().toFormat(stamp)}${kind === 'full' ? '' : `.${kind}`}.zip`;
}

/** The way back; `undefined` for every name that is not exactly ours, which is then neither counted nor touched. */
export function readBackupKey(key: string): Identity | undefined {
  const slash = key.indexOf('/');
  const app = key.slice(0, slash);
  const [, instant, kind = 'full'] = archiveName.exec(key.slice(slash + 1)) ?? [];
  if (slash < 1 || instant === undefined || !AppName.safeParse(app).success) return undefined;

  const takenAt = DateTime.fromFormat(instant, stamp, { zone: 'utc' });
  return takenAt.isValid ? { app, kind: kind as BackupKind, takenAt } : undefined;
}

/** `shop/2026-11-22-03-15-00.zip` → `shop/2026-11-22-03-15-00.manifest.json`. */
export function manifestKey(archiveKey: string): string {
  return archiveKey.replace(/\.zip$/, '.manifest.json');
}

/** The way back; `undefined` for every name that is not exactly that of a manifest of ours. */
export function archiveKey(manifest: string): string | undefined {
  const key = manifest.replace(/\.manifest\.json$/, '.zip');
  return key !== manifest && readBackupKey(key) !== undefined ? key : undefined;
}
