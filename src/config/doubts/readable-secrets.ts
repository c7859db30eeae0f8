import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { humanList } from '../../domain/units.ts';
import { holdsPlaceholder } from '../placeholders.ts';
import { pathName } from '../problems.ts';
import type { ConfigFile } from '../read.ts';
import { findSecrets } from '../secrets.ts';

const readableForOthers = 0o044;

/** A file that group or others may read, with secrets in it that are no placeholders. */
export function readableSecrets({ file, value }: Pick<ConfigFile, 'file' | 'value'>): string[] {
  const mode = statSync(file).mode & 0o777;
  const written = findSecrets(value).filter(({ text }) => text !== '' && !holdsPlaceholder(text));
  if ((mode & readableForOthers) === 0 || written.length === 0) return [];

  const places = humanList([...new Set(written.map(({ path }) => pathName(path)))]);
  return [
    `Others on this machine may read ${basename(file)} (mode ${mode.toString(8)}), and secrets are written in it: ${places}. Say chmod 600 ${file}, or write a placeholder there.`,
  ];
}
