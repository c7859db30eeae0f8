import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltProduct, buildProduct } from '../support/built-product.ts';
import { measured } from '../support/measured.ts';
import { shopFolder } from './shop-folder.ts';

const MiB = 1024 ** 2;

let product: BuiltProduct;

beforeAll(async () => {
  product = await buildProduct();
}, 120_000);
afterAll(() => product.remove());

describe('holdfast say on the embedded queue', () => {
  it('stays under 250 MiB of memory, and prints no warning of Node or V8', { timeout: 120_000 }, async () => {
    const folder = await shopFolder();

    const { exitCode, stdout, stderr, peakInBytes } = await measured(
      product.program,
      ['say', '/backup status'],
      folder,
    );

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Nothing is running');
    expect(peakInBytes).toBeLessThan(250 * MiB);
  });
});
