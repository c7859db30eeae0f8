import type { DateTime } from 'luxon';
import { z } from 'zod';

/** What a backup holds: everything, only the databases, or only the files. Each kind is a series of its own. */
export const BackupKind = z.enum(['full', 'db', 'files']);
export type BackupKind = z.infer<typeof BackupKind>;

/** One archive as a destination lists it. Only names that parse as ours become one. */
export interface Backup {
  /** `shop/2026-11-22-03-15-00.zip` */
  readonly key: string;
  readonly app: string;
  readonly kind: BackupKind;
  readonly takenAt: DateTime;
  readonly sizeInBytes: number;
}

/** The app's name is a folder at every destination, so it is a plain file name everywhere. */
export const AppName = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'letters, digits, dots, dashes and underscores, beginning with a letter or digit',
  );

export function newestFirst<B extends Pick<Backup, 'takenAt'>>(backups: readonly B[]): B[] {
  return backups.toSorted((a, b) => b.takenAt.toMillis() - a.takenAt.toMillis());
}
