import { expect, it } from 'vitest';
import { onSmallDisk } from '../support/on-small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('a disk that is full refuses new jobs in a sentence, keeps those there are, and works again with room', async () => {
  const path = temporaryFolder();
  const script = new URL('queue-on-small-disk.ts', import.meta.url).pathname;

  const told = await onSmallDisk({ script, path, size: '60m' });

  expect(told).toEqual({
    whileFull: `Could not put the job into the queue: The embedded queue in ${path}/queue said no (its disk is full; make room there).`,
    afterwards: { added: true },
    kept: ['before', 'afterwards'],
    opened: `Could not use the embedded queue in ${path}: its disk is full; make room there`,
  });
});
