import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { shopFolder } from './shop-folder.ts';

/** A disk of 1 MiB that only the programs see, with a backup of before on it; at the end its files are listed. */
const onSmallDisk = `mount -t tmpfs -o size=1m,mode=0700 tmpfs "$1" || exit 99
mkdir backups/reckless; echo before > backups/reckless/2026-11-20-03-15-00.zip
shift; "$@" run shop; echo "$?"; "$@" run reckless; echo "$?"; find backups -type f`;

it('a disk without room fails a run in a sentence: beforehand with the numbers, or on the way, and keeps earlier backups', async () => {
  const folder = await shopFolder({
    app: '  reckless: { files: { include: ["${SITE}"] }, destinations: [disk], checkFreeSpace: false }\n',
  });
  mkdirSync(join(folder, 'backups'));
  writeFileSync(join(folder, 'site', 'film.mp4'), randomBytes(3_000_000));
  const program = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

  const { stdout } = await execa(
    'unshare',
    [
      ...['--map-root-user', '--mount', 'sh', '-c', onSmallDisk, 'sh', join(folder, 'backups')],
      ...[process.execPath, '--import', import.meta.resolve('tsx'), program, 'say', '--json'],
    ],
    { cwd: folder, reject: false, env: { SITE: join(folder, 'site') } },
  );

  const [queued, refused, firstCode, , full, secondCode, ...left] = stdout.split('\n');
  expect([firstCode, secondCode]).toEqual(['1', '1']);
  expect(JSON.parse(queued ?? '')).toMatchObject({ kind: 'queued' });
  expect(JSON.parse(refused ?? '')).toMatchObject(
    failedWith(/disk has \d+ KiB free, and this backup needs 3\.4 MiB: 1\.2 times/),
  );
  expect(JSON.parse(full ?? '')).toMatchObject(failedWith(/no space is left on the disk/));
  expect(left).toEqual(['backups/reckless/2026-11-20-03-15-00.zip']);
});

function failedWith(reason: RegExp) {
  return {
    kind: 'run',
    outcome: 'failed',
    reason: 'No destination took the archive.',
    destinations: [{ outcome: 'failed', reason: expect.stringMatching(reason) }],
  };
}
