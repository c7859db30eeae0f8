import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError } from '../../src/databases/dumper.ts';
import type { Written } from './write-archive.ts';

const mostTries = 3;

interface Patience {
  readonly signal: AbortSignal;
  /** Before a second one; the first new try is made at once. */
  readonly pauseInMs?: number;
}

/**
 * Writes the archive, and writes it from its first byte again when a database fails with something that passes: what of a dump
 * has left already cannot be taken back. Nothing of a failed try is visible anywhere. The note says why.
 */
export async function beginAgain(
  write: () => Promise<Written>,
  { signal, pauseInMs = 10_000 }: Patience,
): Promise<Written> {
  const notes: string[] = [];
  for (;;) {
    try {
      const written = await write();
      return { ...written, warnings: [...notes, ...written.warnings] };
    } catch (thrown) {
      const isPassing = thrown instanceof DatabaseError && thrown.isPassing;
      if (!isPassing || notes.length + 1 >= mostTries || signal.aborted) throw thrown;
      notes.push(`The backup was begun again from its first byte. ${thrown.message}`);
      if (notes.length > 1) await pause(pauseInMs, undefined, { signal });
    }
  }
}
