import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltProduct, buildProduct } from '../support/built-product.ts';
import { type Ceph, startCeph } from '../support/services/ceph.ts';
import { startRedis } from '../support/services/redis.ts';
import type { Service } from '../support/services/service.ts';
import { storeInThreePlaces } from '../support/store-in-three-places.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MiB = 1024 ** 2;

let product: BuiltProduct;
let redis: Service;
let ceph: Ceph;

beforeAll(async () => {
  [product, redis, ceph] = await Promise.all([buildProduct(), startRedis(), startCeph()]);
});
afterAll(() => Promise.all([product?.remove(), redis?.stop(), ceph?.stop()]));

describe('a run to two buckets and a folder at once', () => {
  // 5 GiB: npm run bench -- three-places
  it('brings the same bytes to all of them, with little memory and no temporary file', async () => {
    const { report, sha256, peakMemoryInBytes, writtenInBytes } = await storeInThreePlaces({
      folder: temporaryFolder(),
      product,
      url: redis.url,
      ceph,
      contentInMiB: 256,
    });

    const { archive } = report;
    expect(report.outcome).toBe('stored');
    expect(archive?.sizeInBytes).toBeGreaterThan(256 * MiB);
    expect(sha256).toEqual([archive?.sha256, archive?.sha256, archive?.sha256]);
    // Two thirds of it for Node, and for the threads that make the archive, of which there is one a core.
    expect(peakMemoryInBytes).toBeLessThan(350 * MiB);
    expect(writtenInBytes).toBeGreaterThanOrEqual(archive?.sizeInBytes ?? 0);
    expect(writtenInBytes).toBeLessThan((archive?.sizeInBytes ?? 0) + MiB);
  });
});
