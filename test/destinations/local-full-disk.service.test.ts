import { expect, it } from 'vitest';
import { onSmallDisk } from '../support/on-small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('leaves nothing on a disk that is full or read-only, and says which it is', async () => {
  const path = temporaryFolder();
  const script = new URL('store-on-small-disk.ts', import.meta.url).pathname;

  const told = await onSmallDisk({ script, path });

  expect(told).toEqual({
    tooMuch: `DestinationError: Could not store shop/2026-11-22-00-00-01.zip in disk: no space is left on the disk of ${path}. Free some, or remove old backups.`,
    afterTooMuch: [],
    little: 'stored',
    readOnly: expect.stringContaining(`${path} is mounted read-only.`),
    check: expect.stringContaining(`${path} is mounted read-only.`),
  });
});
