import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { putDataInto } from '../support/stores.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A folder with a small shop, a place for its backups, and a `holdfast.yml` that may say more. */
export async function shopFolder({ more = '', app = '' } = {}): Promise<string> {
  const folder = temporaryFolder();
  await putDataInto(join(folder, '.holdfast'));
  mkdirSync(join(folder, 'site'));
  writeFileSync(join(folder, 'site', 'index.html'), '<h1>Shop</h1>');
  writeFileSync(
    join(folder, 'holdfast.yml'),
    `destinations:
  disk: { driver: local, path: ${join(folder, 'backups')} }
apps:
  shop:
    files: { include: [${join(folder, 'site')}], relativeTo: ${join(folder, 'site')} }
    destinations: [disk]
${app}${more}`,
  );
  return folder;
}
