import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partSizeFor } from '../../../src/destinations/s3/part-size.ts';

const mebibyte = 1024 * 1024;
const tebibyte = 1024 ** 4;

describe('the size of a part', () => {
  it('is the configured one as long as 10,000 of them hold twice the estimate', () => {
    expect(partSizeFor(8)).toBe(8 * mebibyte);
    expect(partSizeFor(8, 39 * 1024 * mebibyte)).toBe(8 * mebibyte);
    expect(partSizeFor(16, 39 * 1024 * mebibyte)).toBe(16 * mebibyte);
  });

  it('grows with the estimate', () => {
    expect(partSizeFor(8, tebibyte)).toBe(210 * mebibyte);
  });

  it('always lets twice the estimate fit, up to what S3 takes', () => {
    const estimates = fc.integer({ min: 0, max: 20 * tebibyte });

    fc.assert(
      fc.property(estimates, (estimate) => {
        const size = partSizeFor(5, estimate);

        expect(size * 10_000).toBeGreaterThanOrEqual(2 * estimate);
        expect(size).toBeLessThanOrEqual(5 * 1024 * mebibyte);
        expect(size % mebibyte).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
