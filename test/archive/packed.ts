import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Format } from '../../src/archive/archive.ts';
import { FormatOptions } from '../../src/archive/options.ts';
import { openFormat } from '../../src/archive/registry.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Selection, selecting } from './selecting.ts';

export const zip = openFormat(FormatOptions.parse({ format: 'zip' }));
export const tarGz = openFormat(FormatOptions.parse({ format: 'tar.gz', compression: {} }));

/** An archive of a selection, as a file of its own. */
export async function packed(format: Format, selection: Selection) {
  const { entries, warnings } = selecting(selection, undefined, format);
  const archive = join(temporaryFolder(), `archive.${format.extension}`);
  const { stream } = format.pack(entries, { signal: new AbortController().signal });
  await writeFile(archive, await buffer(stream));
  return { archive, warnings };
}
