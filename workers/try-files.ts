import type { FileSelection } from '../src/archive/file-selection.ts';
import { selectFiles } from '../src/archive/select-files.ts';
import { humanCount } from '../src/domain/units.ts';

/** How long files are opened; those that are left are counted for as long again. */
const patienceInMs = 60_000;

/**
 * Opens every file of a selection, as a run will do it, and reads none. Gives what is to be known: what would be left out, how many files
 * were not tried, globs that left nothing out. @throws {FileSelectionError} for what may not be read.
 */
export async function tryFiles(files: FileSelection, patience = patienceInMs): Promise<string[]> {
  const notes: string[] = [];
  const unused = new Set(files.exclude);
  const begun = Date.now();
  let tried = 0;
  let notTried = 0;
  let isWhole = true;

  const options = {
    signal: AbortSignal.any([]),
    warn: (note: string) => notes.push(note),
    onExcluded: (glob: string) => unused.delete(glob),
  };
  for await (const entry of selectFiles(files, options)) {
    if (entry.kind !== 'file') continue;
    const passed = Date.now() - begun;
    if (passed < patience) {
      (await entry.open())?.destroy();
      tried += 1;
      continue;
    }
    notTried += 1;
    isWhole = passed < 2 * patience;
    if (!isWhole) break;
  }
  if (notTried > 0) notes.push(untried(tried, notTried, isWhole));
  if (isWhole && unused.size > 0) notes.push(leftNothingOut([...unused]));
  return notes;
}

function untried(tried: number, notTried: number, isWhole: boolean): string {
  const rest = `${isWhole ? '' : 'at least '}${notTried.toLocaleString('en-GB')}`;
  return `${humanCount(tried, 'file')} could be opened within a minute. Not tried: ${rest} more.`;
}

function leftNothingOut(globs: readonly string[]): string {
  const which = globs.map((glob) => `"${glob}"`).join(', ');
  return `${which} in "exclude" ${globs.length === 1 ? 'leaves' : 'leave'} nothing out.`;
}
