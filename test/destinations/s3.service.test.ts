import { afterAll, beforeAll, describe } from 'vitest';
import { type Ceph, startCeph } from '../support/services/ceph.ts';
import { honoursTheDestinationContract } from './destination-contract.ts';
import { everythingIn, openS3, plant } from './s3-place.ts';

let ceph: Ceph;

beforeAll(async () => {
  ceph = await startCeph();
});

afterAll(() => ceph?.stop());

describe('s3 destination', () => {
  honoursTheDestinationContract(async () => {
    const bucket = await ceph.bucket();
    return {
      destination: openS3(ceph, bucket),
      plant: (name, content) => plant(ceph.client, bucket, name, content),
      everything: () => everythingIn(ceph.client, bucket),
    };
  });
});
