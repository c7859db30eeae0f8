import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Facts {
  /** Of the Redis that bot and worker share. */
  readonly url: string;
  /** What the app "shop" consists of. */
  readonly app: object;
}

/** Writes a `holdfast.yml` whose app "shop" is kept in `archives` of the same folder, and gives its path. */
export async function writeConfig(folder: string, { url, app }: Facts): Promise<string> {
  const path = join(folder, 'holdfast.yml');
  // JSON is YAML.
  const config = {
    queue: { url, prefix: `test-${randomUUID()}` },
    destinations: { disk: { driver: 'local', path: join(folder, 'archives') } },
    apps: { shop: { ...app, destinations: ['disk'] } },
  };
  await writeFile(path, JSON.stringify(config));
  return path;
}
