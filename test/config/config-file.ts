import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../src/config/problems.ts';
import { readConfig } from '../../src/config/read.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A configuration that is right, to be spoilt. */
export const rightConfig = `timezone: Europe/Brussels
queue: { url: \${REDIS_URL} }
destinations:
  disk: { driver: local, path: /var/backups }
apps:
  shop:
    files: { include: [/srv/shop] }
    databases:
      - { driver: mysql, host: 127.0.0.1, user: shop, password: \${SHOP_DB_PASSWORD}, database: shop }
    destinations: [disk]
`;

export function writeConfig(text: string): string {
  const path = join(temporaryFolder(), 'holdfast.yml');
  writeFileSync(path, text);
  return path;
}

export function configFrom(text: string, env: Record<string, string> = {}) {
  return readConfig(writeConfig(text), env);
}

/** The lines a person reads who tries `work` with a wrong configuration. */
export function complaintsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}
