import { z } from 'zod';
import { fewerObjects } from '../../src/domain/fewer-objects.ts';
import { DatabaseObjects, type DumpFacts } from '../../src/domain/manifest.ts';
import { type State, StateError } from '../../src/state/state.ts';
import type { Written } from './write-archive.ts';

const lifetimeInSeconds = 400 * 24 * 3600;

const Before = z.object({ selection: z.string(), objects: DatabaseObjects });

/** With a note on each dump that makes fewer triggers, views, … than that of the last run, where both take the same of a database. */
export async function noteFewer<T extends Pick<Written, 'dumps' | 'warnings'>>(
  written: T,
  app: string,
  state: State,
): Promise<T> {
  const notes: string[] = [];
  for (const dump of written.dumps) {
    const before = Before.safeParse(await recalled(keyOf(app, dump), state)).data;
    if (before === undefined || dump.objects === undefined || before.selection !== dump.selection) continue;
    const fewer = fewerObjects(before.objects, dump.objects);
    if (fewer !== undefined)
      notes.push(
        `${dump.entry} has ${fewer} fewer than in the last run. If you did not remove them, see what the user of the dump may see.`,
      );
  }
  return { ...written, warnings: [...written.warnings, ...notes] };
}

/** Keeps what the dumps of a run make, for the next one. @throws {StateError} */
export async function rememberObjects({ dumps }: Written, app: string, state: State): Promise<void> {
  for (const dump of dumps) {
    const { selection, objects } = dump;
    if (selection === undefined || objects === undefined) continue;
    await state.remember(keyOf(app, dump), { selection, objects }, lifetimeInSeconds);
  }
}

function keyOf(app: string, { entry }: Pick<DumpFacts, 'entry'>): string {
  return `objects.${app}.${entry}`;
}

/** A note is no reason to wait for a queue that is away. */
async function recalled(key: string, state: State): Promise<unknown> {
  try {
    return await state.recall(key);
  } catch (thrown) {
    if (thrown instanceof StateError) return undefined;
    throw thrown;
  }
}
