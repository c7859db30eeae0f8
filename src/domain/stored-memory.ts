import { z } from 'zod';

/**
 * What this Holdfast remembers to have stored of an app at one destination, as far as it has not removed it. The destination is
 * the truth about what exists; this tells what is missing there, and what was put there by somebody else.
 */
export const StoredMemory = z.object({
  /**
   * Whether backups that no run has noted count as remembered, too: those of an earlier version, or of before the state was lost.
   * `none`: no run was noted yet, so nothing is known. `due`: the next listing takes over what is there. `done`: it has.
   */
  adoption: z.enum(['none', 'due', 'done']),
  /** The size in bytes of each, by its key. */
  backups: z.record(z.string(), z.int().nonnegative()),
  /** The keys that a clean or a run that was ended removes: that they are missing is no surprise. */
  leaving: z.array(z.string()),
});
export type StoredMemory = z.infer<typeof StoredMemory>;

export const noStoredMemory: StoredMemory = { adoption: 'none', backups: {}, leaving: [] };

/** Longer than any sensible schedule leaves an app without a run. Each run and each clean begins it again. */
export const storedMemoryInSeconds = 400 * 24 * 3600;

/** Where it is kept. Neither name has a slash in it. */
export function storedMemoryKey(app: string, destination: string): string {
  return `stored.${destination}/${app}`;
}

type Sizes = StoredMemory['backups'];

/** After a run has stored these. */
export function withStored(memory: StoredMemory, stored: Sizes): StoredMemory {
  return {
    adoption: memory.adoption === 'none' ? 'due' : memory.adoption,
    backups: { ...memory.backups, ...stored },
    leaving: memory.leaving.filter((key) => !(key in stored)),
  };
}

/** After a listing has shown these, which are whole and of which no run was noted. */
export function withAdopted(memory: StoredMemory, found: Sizes): StoredMemory {
  return { ...memory, adoption: 'done', backups: { ...found, ...memory.backups } };
}

/** Before these are removed. */
export function withLeaving(memory: StoredMemory, keys: readonly string[]): StoredMemory {
  return { ...memory, leaving: [...new Set([...memory.leaving, ...keys])] };
}

/** Once it is settled what became of them: these are gone, and these stay after all. */
export function withSettled(
  memory: StoredMemory,
  { gone, stay }: { readonly gone: readonly string[]; readonly stay: readonly string[] },
): StoredMemory {
  const isGone = new Set(gone);
  const settled = new Set([...gone, ...stay]);
  const left = Object.entries(memory.backups).filter(([key]) => !isGone.has(key));
  return {
    ...memory,
    backups: Object.fromEntries(left),
    leaving: memory.leaving.filter((key) => !settled.has(key)),
  };
}
