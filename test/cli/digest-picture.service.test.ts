import { join } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { expect, it } from 'vitest';
import { holdfast } from '../support/program.ts';
import { shopFolder } from './shop-folder.ts';

it('writes the picture of a digest where it is told to, and ends with 1 when an app is not well', async () => {
  const folder = await shopFolder({ app: '    monitor: { minimumFreeInMegabytes: 1e12 }\n' });

  const { exitCode, stdout, stderr } = await holdfast(
    folder,
    'say',
    '/backup digest',
    '--picture',
    'out.png',
  );

  const { width, height } = await loadImage(join(folder, 'out.png'));
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(stdout).toContain('✖ Digest: 1 of 1 app is not well: shop; 0 runs');
  expect([width, height]).toEqual([1520, 380]);
});
