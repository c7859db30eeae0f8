import { readdir } from 'node:fs/promises';
import { archiveKey, readBackupKey } from '../../src/domain/backup-key.ts';

/** What lies at one place, finished or not. */
export interface Content {
  readonly name: string;
  readonly keys: readonly string[];
}

/**
 * Sees what lies about after each run, and says what lay there after the one before: whatever a run leaves that went wrong, the next
 * one clears up. What a clean leaves that was broken off, the next clean does.
 */
export function watchLitter(temporary: string) {
  let before: ReadonlySet<string> = new Set();

  return async (contents: readonly Content[], wasCleaned: boolean): Promise<string[]> => {
    const litter = [...contents.flatMap(litterAt), ...(await privateFilesIn(temporary))];
    const orphans = contents.flatMap(orphansAt);
    const old = [...litter, ...(wasCleaned ? orphans : [])].filter((one) => before.has(one));
    before = new Set([...litter, ...orphans]);
    return old.map((one) => `${one} was left, and is still there a run later`);
  };
}

/** What is neither an archive nor a manifest. */
function litterAt({ name, keys }: Content): string[] {
  const litter = keys.filter((key) => readBackupKey(key) === undefined && archiveKey(key) === undefined);
  return litter.map((key) => `${key} at ${name}`);
}

/** Manifests of archives that are not there. */
function orphansAt({ name, keys }: Content): string[] {
  return keys.filter((key) => !keys.includes(archiveKey(key) ?? key)).map((key) => `${key} at ${name}`);
}

async function privateFilesIn(temporary: string): Promise<string[]> {
  const names = (await readdir(temporary)).filter((name) => name.startsWith('holdfast-'));
  return names.map((name) => `${name} in the temporary folder`);
}
