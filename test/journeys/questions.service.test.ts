import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';

const store = openStoreForAll(onRedis);

describe('/backup list', () => {
  it('shows what each destination holds, and the newest of it', async () => {
    const apps = [shop([disk('near'), disk('far')]), shop([disk('attic')], 'blog')];
    const { say } = await startProduct(store(), { apps });
    await say('/backup run shop --to near');

    const { reports, text } = await say('/backup list');

    expect(reports).toMatchObject([
      {
        kind: 'overview',
        holdings: [
          { app: 'shop', destination: 'near', count: 1, newest: { backup: 'full' } },
          { app: 'shop', destination: 'far', count: 0 },
          { app: 'blog', destination: 'attic', count: 0 },
        ],
      },
    ]);
    expect(text).toMatch(/^ +shop +near +1 .* UTC +\d+ B +\d+ B$/m);
    expect(text).toMatch(/^ +shop +far +0 +none yet/m);
  });

  it('shows an app’s single backups by size, kind and name', async () => {
    const { say } = await startProduct(store(), { apps: [shop()] });
    await say('/backup run shop');
    await say('/backup run shop --only-files');

    const { reports, text } = await say('/backup ls shop');

    expect(reports).toMatchObject([
      {
        kind: 'backups',
        app: 'shop',
        destinations: [{ destination: 'disk', backups: [{ backup: 'files' }, { backup: 'full' }] }],
      },
    ]);
    expect(text).toMatch(/ UTC +.* +\d+ B +files +shop\/.*\.files\.zip/);
  });

  it('says which destination cannot be read, and lists the others', async () => {
    const gone = disk('gone');
    const { say } = await startProduct(store(), { apps: [shop([disk('disk'), gone])] });
    rmSync(gone.folder, { recursive: true });
    writeFileSync(gone.folder, 'I am no folder.');

    const { reports, text } = await say('/backup list shop');

    expect(reports).toMatchObject([
      {
        destinations: [
          { destination: 'disk', reachable: true },
          { destination: 'gone', reachable: false },
        ],
      },
    ]);
    expect(text).toContain(`gone: Could not list the backups of shop in gone`);
  });

  it('says at once that nobody is there to look', async () => {
    const { say } = await startProduct(store(), { apps: [shop()], groups: [] });

    const { reports, text } = await say('/backup list');

    expect(reports).toMatchObject([{ kind: 'no-worker', group: 'default', apps: ['shop'] }]);
    expect(text).toContain('holdfast worker --group default');
  });
});

describe('/backup status', () => {
  it('says how each app’s last run ended, and who is there to work', async () => {
    const apps = [shop(), { ...shop([disk('attic')], 'blog'), runsOn: 'web1' }];
    const { say } = await startProduct(store(), { apps });
    await say('/backup run shop');

    const { reports, text } = await say('/backup status');

    expect(reports).toMatchObject([
      {
        kind: 'status',
        unfinished: [],
        apps: [{ app: 'shop', last: { outcome: 'stored' } }, { app: 'blog' }],
        groups: [
          { group: 'default', alive: true },
          { group: 'web1', alive: false },
        ],
      },
    ]);
    expect(text).toContain('shop: ✔ stored');
    expect(text).toContain('blog: no run yet');
    expect(text).toContain('worker group web1: no live worker. Start one: holdfast worker --group web1');
  });
});

describe('/backup help and whoami', () => {
  it('tell what may be asked for, and under which id', async () => {
    const { say } = await startProduct(store(), { apps: [shop()] });

    const help = await say('/backup help');
    const topic = await say('/backup help run');
    const whoami = await say('/backup whoami', 'console:ann');

    expect(help.text).toContain('run <app>');
    expect(help.text).toContain('For example: run shop');
    expect(topic.text).toContain('--only-db');
    expect(whoami.text).toContain('You are console:ann');
  });
});

describe('words that are no command', () => {
  const wrong = [
    ['rnu shop', 'There is no command called "rnu"', 'run shop'],
    ['run shpo', 'There is no app called "shpo"', 'run shop'],
    ['run shop --only-file', '--only-file', 'run shop --only-files'],
    ['run shop --to dsik', 'There is no destination of shop called "dsik"', 'run shop --to disk'],
    ['run “shop', 'quote', undefined],
  ] as const;

  it.each(wrong)('%s is answered with what is wrong, and nothing is done', async (words, problem, meant) => {
    const target = disk('disk');
    const { say, logged } = await startProduct(store(), { apps: [shop([target])] });

    const { reports, text } = await say(`/backup ${words}`);
    const status = await say('/backup status');

    expect(reports).toMatchObject([{ kind: 'not-understood' }]);
    expect(text).toContain(problem);
    if (meant !== undefined) expect(text).toMatch(new RegExp(`Did you mean .*${meant}`));
    expect(status.reports).toMatchObject([{ unfinished: [], apps: [{ app: 'shop' }] }]);
    expect(await target.list('shop')).toEqual([]);
    expect(logged.map(({ facts }) => facts)).toContainEqual({
      audit: expect.objectContaining({ decision: 'not-understood', words: expect.stringContaining(words) }),
    });
  });
});
