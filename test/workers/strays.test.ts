import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workerPart } from '../../src/config/parts.ts';
import { DestinationError } from '../../src/destinations/destination.ts';
import { openApps } from '../../workers/open-apps.ts';
import { straysOf } from '../../workers/strays.ts';
import { configFrom } from '../config/config-file.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { plant } from '../support/planted-backups.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { embedded } from '../support/stores.ts';

const store = openStoreForAll(embedded);
const takenAt = '2026-11-22T02:00:00Z';

describe('backups of an app that is not in the configuration', () => {
  it('are named by list and monitor, and are nothing that is wrong', async () => {
    const target = disk('disk');
    plant(target.folder, { app: 'old-shop', takenAt });
    const { say } = await startProduct(store(), { apps: [shop([target])] });
    await say('/backup run shop');

    const said = [await say('/backup list'), await say('/backup monitor')];

    for (const { text, reports } of said) {
      expect(text).toContain('disk holds 1 backup of old-shop, which is not in this configuration');
      expect(reports.at(-1)).toMatchObject({ strays: [{ app: 'old-shop', destination: 'disk', count: 1 }] });
    }
    expect(said[1]?.text).toContain('All backups are as they should be');
  });

  it('are not shown to somebody who asks for one of several apps', async () => {
    const target = disk('disk');
    plant(target.folder, { app: 'old-shop', takenAt });
    const { say } = await startProduct(store(), { apps: [shop([target]), shop([target], 'blog')] });

    expect((await say('/backup monitor shop')).text).not.toContain('old-shop');
  });

  it('are not those of an app of another group', () => {
    const target = disk('disk');
    for (const app of ['blog', 'old-shop']) plant(target.folder, { app, takenAt });
    const part = workerPart(
      configFrom(
        `destinations: { disk: { driver: local, path: ${target.folder} } }
apps:
  shop: { files: { include: [/srv] }, destinations: [disk] }
  blog: { files: { include: [/srv] }, destinations: [disk], runsOn: web2 }`,
      ),
      'default',
    );

    const strays = straysOf({ apps: openApps(part), knownApps: part.knownApps });

    return expect(strays).resolves.toEqual([{ app: 'old-shop', destination: 'disk', count: 1 }]);
  });

  it('are not folders of another tool, nor what a destination that cannot be listed may hold', async () => {
    const target = disk('disk');
    mkdirSync(join(target.folder, 'notes'));
    writeFileSync(join(target.folder, 'notes', 'todo.txt'), '');
    const vault = {
      ...disk('vault'),
      listApps: () => Promise.reject(new DestinationError('vault does not let anybody look.')),
    };
    const apps = new Map([['shop', shop([target, vault])]]);

    expect(await straysOf({ apps })).toEqual([]);
  });
});
