import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { shopFolder } from './shop-folder.ts';

/** A disk of 1 MiB that only the program sees, and that goes with it; at the end its files are listed. */
const onSmallDisk = `mount -t tmpfs -o size=1m,mode=0700 tmpfs "$1" || exit 99
shift; "$@"; code=$?; find backups -type f; exit $code`;

it('a disk that is full fails the run in a sentence, and leaves no part of an archive', async () => {
  const folder = await shopFolder();
  mkdirSync(join(folder, 'backups'));
  writeFileSync(join(folder, 'site', 'film.mp4'), randomBytes(3_000_000));
  const program = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

  const { exitCode, stdout } = await execa(
    'unshare',
    [
      ...['--map-root-user', '--mount', 'sh', '-c', onSmallDisk, 'sh', join(folder, 'backups')],
      ...[process.execPath, '--import', import.meta.resolve('tsx'), program, 'say', '--json', 'run shop'],
    ],
    { cwd: folder, reject: false },
  );

  const [queued, run, ...left] = stdout.split('\n');
  expect(exitCode).toBe(1);
  expect(JSON.parse(queued ?? '')).toMatchObject({ kind: 'queued' });
  expect(JSON.parse(run ?? '')).toMatchObject({
    kind: 'run',
    outcome: 'failed',
    reason: 'No destination took the archive.',
    destinations: [{ outcome: 'failed', reason: expect.stringContaining('no space is left on the disk') }],
  });
  expect(left).toEqual([]);
});
