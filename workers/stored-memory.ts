import type { Stored } from '../src/domain/report.ts';
import {
  noStoredMemory,
  StoredMemory,
  storedMemoryInSeconds,
  storedMemoryKey,
  withStored,
} from '../src/domain/stored-memory.ts';
import { inTurn } from '../src/state/in-turn.ts';
import type { State } from '../src/state/state.ts';

/** What is remembered to be stored of an app at a destination. @throws {StateError} */
export async function recallStored(app: string, destination: string, state: State): Promise<StoredMemory> {
  return StoredMemory.safeParse(await state.recall(storedMemoryKey(app, destination))).data ?? noStoredMemory;
}

/** Changes that memory while nobody else does: runs, cleans and looks go on beside each other. @throws {StateError} */
export async function changeStored(
  app: string,
  destination: string,
  state: State,
  change: (before: StoredMemory) => StoredMemory,
): Promise<StoredMemory> {
  const key = storedMemoryKey(app, destination);
  return inTurn(key, state, async () => {
    const after = change(await recallStored(app, destination, state));
    await state.remember(key, after, storedMemoryInSeconds);
    return after;
  });
}

/** After a run: what it has stored where. @throws {StateError} */
export async function rememberStored(
  app: string,
  { key, sizeInBytes }: { readonly key: string; readonly sizeInBytes: number },
  results: readonly Stored[],
  state: State,
): Promise<void> {
  const places = results.filter(({ outcome }) => outcome === 'stored');
  await Promise.all(
    places.map(({ destination }) =>
      changeStored(app, destination, state, (before) => withStored(before, { [key]: sizeInBytes })),
    ),
  );
}
