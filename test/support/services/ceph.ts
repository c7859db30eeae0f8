import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { startCluster, startGateway } from './ceph-cluster.ts';
import { findOrInstall } from './install.ts';
import { makePlace } from './service.ts';

/** What opens a door. */
export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Ceph {
  /** `http://127.0.0.1:port` */
  readonly endpoint: string;
  /** Of the owner of all buckets. */
  readonly keys: S3Keys;
  /** The owner's client, to look behind the back of a destination. */
  readonly client: S3Client;
  /** Makes an empty bucket, and gives its name. */
  bucket(options?: { readonly lockable?: boolean }): Promise<string>;
  /** Makes a user who may do just these things with one bucket, such as `s3:PutObject`. */
  userOf(bucket: string, ...rights: string[]): Promise<S3Keys>;
  /** Ends what speaks S3; the data stays. */
  pause(): Promise<void>;
  /** Starts it again on the same data and port. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/** A real S3 server for this test file: Ceph's object gateway on loopback, with its data in memory. Takes a quarter of a minute. */
export async function startCeph(): Promise<Ceph> {
  const place = await makePlace(await findOrInstall(wanted));
  const { run, disks, ...cluster } = await startCluster(place);
  let { gateway } = cluster;
  const endpoint = `http://127.0.0.1:${place.port}`;

  async function user(name: string): Promise<S3Keys> {
    const keys = { accessKeyId: name, secretAccessKey: randomUUID() };
    const login = [`--access-key=${keys.accessKeyId}`, `--secret=${keys.secretAccessKey}`];
    await run('radosgw-admin', 'user', 'create', `--uid=${name}`, `--display-name=${name}`, ...login);
    return keys;
  }

  const keys = await user('owner');
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { ...keys },
  });
  return {
    endpoint,
    keys,
    client,
    async bucket({ lockable = false } = {}) {
      const name = `bucket-${randomUUID()}`;
      await client.send(new CreateBucketCommand({ Bucket: name, ObjectLockEnabledForBucket: lockable }));
      return name;
    },
    async userOf(bucket, ...rights) {
      const newcomer = await user(`user-${randomUUID()}`);
      const Policy = policyFor(newcomer.accessKeyId, bucket, rights);
      await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
      return newcomer;
    },
    pause: () => gateway.stop(),
    async resume() {
      gateway = await startGateway(place);
    },
    async stop() {
      client.destroy();
      await Promise.all([gateway, ...disks].map((daemon) => daemon.kill()));
      await rm(place.folder, { recursive: true, force: true });
    },
  };
}

const wanted = {
  programs: ['radosgw', 'radosgw-admin', 'ceph-mon', 'ceph-osd', 'ceph', 'ceph-authtool', 'monmaptool'],
  package: 'radosgw ceph-mon ceph-osd',
} as const;

function policyFor(user: string, bucket: string, rights: readonly string[]): string {
  const who = { Principal: { AWS: [`arn:aws:iam:::user/${user}`] } };
  const where = { Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`] };
  // Whoever stores an object owns it, and could do everything with it but for the denial.
  const Statement = [
    { Effect: 'Allow', Action: rights, ...who, ...where },
    { Effect: 'Deny', Action: risky.filter((right) => !rights.includes(right)), ...who, ...where },
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** What the owner of an object may do with it. */
const risky = [
  's3:GetObject',
  's3:DeleteObject',
  's3:GetObjectAcl',
  's3:PutObjectAcl',
  's3:PutObjectRetention',
];
