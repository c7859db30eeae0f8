import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from './make-database.ts';

interface Facts {
  readonly url: string;
  readonly files: string;
  readonly database: Database;
}

/** Writes a `holdfast.yml` with an app for each contest, and gives its path. */
export async function writeConfig(folder: string, { url, files, database }: Facts): Promise<string> {
  const path = join(folder, 'holdfast.yml');
  // JSON is YAML.
  const config = {
    queue: { url },
    destinations: { disk: { driver: 'local', path: join(folder, 'archives') } },
    apps: {
      files: { files: { include: [files], relativeTo: files }, destinations: ['disk'] },
      database: { databases: [{ driver: 'mysql', ...database }], destinations: ['disk'] },
    },
  };
  await writeFile(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}
