import type { Format } from '../../src/archive/archive.ts';
import { checkFileSelection } from '../../src/archive/check-file-selection.ts';
import type { FileSelection } from '../../src/archive/file-selection.ts';
import type { Dumper } from '../../src/databases/dumper.ts';
import type { BackupKind } from '../../src/domain/backup.ts';
import { type App, RunRefused } from '../app.ts';

/** What a backup of one kind takes of an app. */
export interface Content {
  readonly app: string;
  readonly dumpers: readonly Dumper[];
  readonly archive: Format;
  readonly files?: FileSelection;
  /** How long a database may give no byte. */
  readonly stallTimeoutInMs: number;
}

/** @throws {RunRefused} when there is nothing of that kind. @throws {FileSelectionError} when a path to include is not there. */
export async function contentOf(app: App, kind: BackupKind): Promise<Content> {
  const dumpers = kind === 'files' ? [] : app.dumpers;
  const files = kind === 'db' ? undefined : app.files;
  if (dumpers.length === 0 && files === undefined) throw new RunRefused(nothingOf(app.name, kind));

  if (files !== undefined) await checkFileSelection(files);
  const { name, archive, stallTimeoutInMs } = app;
  return { app: name, dumpers, archive, stallTimeoutInMs, ...(files && { files }) };
}

function nothingOf(app: string, kind: BackupKind): string {
  switch (kind) {
    case 'db':
      return `There is nothing to back up: ${app} has no databases. Add them under apps.${app}.databases, or leave --only-db out.`;
    case 'files':
      return `There is nothing to back up: ${app} has no files. Add them under apps.${app}.files, or leave --only-files out.`;
    case 'full':
      return `There is nothing to back up: ${app} has neither databases nor files here. Add them under apps.${app}; if it is only watched from here, run it where it is backed up.`;
  }
}
