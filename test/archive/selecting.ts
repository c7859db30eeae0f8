import { onTestFinished } from 'vitest';
import type { z } from 'zod';
import type { Entry } from '../../src/archive/archive.ts';
import { FileSelection } from '../../src/archive/file-selection.ts';
import { openNaming } from '../../src/archive/naming/naming.ts';
import { FormatOptions } from '../../src/archive/options.ts';
import { openFormat } from '../../src/archive/registry.ts';
import { selectFiles } from '../../src/archive/select-files.ts';

export type Selection = z.input<typeof FileSelection>;

const zip = openFormat(FormatOptions.parse({ format: 'zip' }));

/** An open selection, to change files while it is read. */
export function selecting(selection: Selection, signal = new AbortController().signal, format = zip) {
  const warnings: string[] = [];
  const warn = (sentence: string) => warnings.push(sentence);
  return {
    entries: selectFiles(FileSelection.parse(selection), {
      warn,
      signal,
      archive: { ...format, naming: openNaming(format) },
    }),
    warnings,
  };
}

export async function select(selection: Selection, signal?: AbortSignal) {
  const { entries, warnings } = selecting(selection, signal);
  const found: Entry[] = [];
  for await (const entry of entries) found.push(entry);
  return { entries: found, warnings };
}

export async function namesOf(selection: Selection): Promise<string[]> {
  return (await select(selection)).entries.map(({ name }) => name);
}

/** The one file of a folder, seen but not opened yet. */
export async function onlyFile(selection: Selection) {
  const { entries, warnings } = selecting(selection);
  onTestFinished(async () => void (await entries.return(undefined)));
  const { value: entry } = await entries.next();
  if (entry?.kind !== 'file') throw new Error('There is no file in that folder.');
  return { entry, warnings };
}
