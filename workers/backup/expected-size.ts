import { selectFiles } from '../../src/archive/select-files.ts';
import type { State } from '../../src/state/state.ts';
import type { Content } from './content.ts';

const lifetimeInSeconds = 400 * 24 * 3600;

/** Runs that are alike in size: the app and the kind of backup, `shop.full`. */
export type Series = string;

/**
 * How many bytes a backup will read, about: as many as the last one of its series, or, the first time, what the databases say of
 * themselves and the files have.
 * @throws what makes that impossible, which would make the backup impossible as well.
 */
export async function expectedSize(
  series: Series,
  content: Content,
  state: State,
  signal: AbortSignal,
): Promise<number> {
  const last = await state.recall(`size.${series}`);
  return typeof last === 'number' ? last : await measure(content, signal);
}

/** Keeps how much a run has read, for the next one of its series. @throws {StateError} */
export async function rememberSize(series: Series, sizeInBytes: number, state: State): Promise<void> {
  await state.remember(`size.${series}`, sizeInBytes, lifetimeInSeconds);
}

async function measure({ dumpers, files }: Content, signal: AbortSignal): Promise<number> {
  let sizeInBytes = 0;
  for (const dumper of dumpers) sizeInBytes += await dumper.estimate(signal);
  if (files === undefined) return sizeInBytes;
  // What is left out or odd is told by the run itself.
  for await (const entry of selectFiles(files, { signal, warn: () => {} })) {
    if (entry.kind === 'file') sizeInBytes += entry.sizeInBytes ?? 0;
  }
  return sizeInBytes;
}
