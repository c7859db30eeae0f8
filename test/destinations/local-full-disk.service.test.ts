import { execa } from 'execa';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A disk of 1 MiB that only the script sees, and that goes with it. */
const mountAndRun = 'mount -t tmpfs -o size=1m,mode=0700 tmpfs "$1" && exec node --import tsx "$2" "$1"';

it('leaves nothing on a disk that is full or read-only, and says which it is', async () => {
  const path = temporaryFolder();
  const script = new URL('store-on-small-disk.ts', import.meta.url).pathname;

  const told = await onADiskOf1MiB(path, script);

  expect(told).toEqual({
    tooMuch: `DestinationError: Could not store shop/2026-11-22-00-00-01.zip in disk: no space is left on the disk of ${path}. Free some, or remove old backups.`,
    afterTooMuch: [],
    little: 'stored',
    readOnly: expect.stringContaining(`${path} is mounted read-only.`),
    check: expect.stringContaining(`${path} is mounted read-only.`),
  });
});

async function onADiskOf1MiB(path: string, script: string): Promise<unknown> {
  const namespace = ['--map-root-user', '--mount', 'sh', '-c', mountAndRun, 'sh', path, script];
  const { stdout } = await execa('unshare', namespace).catch((cause: unknown) => {
    const needed =
      'Root, or a system that lets users make namespaces (sysctl kernel.unprivileged_userns_clone=1)';
    throw new Error(`${needed}, and the program unshare of util-linux, are needed to mount a small disk.`, {
      cause,
    });
  });
  return JSON.parse(stdout);
}
