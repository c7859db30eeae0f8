import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasZstd } from '../src/archive/zip/has-zstd.ts';
import type { Ceph } from '../test/support/services/ceph.ts';
import type { Database } from './make-database.ts';

interface Facts {
  readonly url: string;
  readonly files: string;
  readonly database: Database;
  readonly ceph: Ceph;
  readonly bucket: string;
}

/** Writes a `holdfast.yml` with an app that is a shop, and the same with zstd where Node has it, and gives its path. */
export async function writeConfig(
  folder: string,
  { url, files, database, ceph, bucket }: Facts,
): Promise<string> {
  const path = join(folder, 'holdfast.yml');
  const shop = {
    files: { include: [files], relativeTo: files },
    databases: [{ driver: 'mysql', ...database }],
    destinations: ['s3'],
  };
  const archive = { format: 'zip', compression: { level: 'zstd' } };
  // JSON is YAML.
  const config = {
    queue: { url },
    destinations: { s3: { driver: 's3', endpoint: ceph.endpoint, bucket, credentials: { ...ceph.keys } } },
    apps: { shop, ...(hasZstd && { 'shop-zstd': { ...shop, archive } }) },
  };
  await writeFile(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}
