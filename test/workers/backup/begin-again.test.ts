import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../src/databases/dumper.ts';
import { beginAgain } from '../../../workers/backup/begin-again.ts';
import type { Written } from '../../../workers/backup/write-archive.ts';

const written: Written = { stored: [], dumps: [], warnings: ['a note'] };
const changed = new DatabaseError('It was changed.', { isPassing: true });

describe('a backup that fails', () => {
  it('is begun again at most twice, when what failed it passes', async () => {
    const tries: number[] = [];

    const begun = beginAgain(failing(tries, 3, changed), { signal: AbortSignal.any([]), pauseInMs: 0 });

    await expect(begun).rejects.toBe(changed);
    expect(tries).toEqual([1, 2, 3]);
  });

  it('says each time in its notes that it was begun again', async () => {
    const { warnings } = await beginAgain(failing([], 2, changed), {
      signal: AbortSignal.any([]),
      pauseInMs: 0,
    });

    expect(warnings).toEqual([
      'The backup was begun again from its first byte. It was changed.',
      'The backup was begun again from its first byte. It was changed.',
      'a note',
    ]);
  });

  it.each([new DatabaseError('No rights.'), new Error('No room.')])(
    'is not begun again for good: %s',
    async (reason) => {
      const tries: number[] = [];

      await expect(beginAgain(failing(tries, 1, reason), { signal: AbortSignal.any([]) })).rejects.toBe(
        reason,
      );
      expect(tries).toEqual([1]);
    },
  );

  it('is not begun again once it is cancelled', async () => {
    const tries: number[] = [];

    await expect(beginAgain(failing(tries, 1, changed), { signal: AbortSignal.abort() })).rejects.toBe(
      changed,
    );
    expect(tries).toEqual([1]);
  });
});

function failing(tries: number[], times: number, reason: Error): () => Promise<Written> {
  return async () => {
    tries.push(tries.length + 1);
    if (tries.length <= times) throw reason;
    return written;
  };
}
