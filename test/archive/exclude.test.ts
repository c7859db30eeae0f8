import { describe, expect, it } from 'vitest';
import { excluderOf } from '../../src/archive/exclude.ts';
import { FileSelection } from '../../src/archive/file-selection.ts';

describe('excluding files', () => {
  it.each([
    ['node_modules', '/srv/shop/node_modules'],
    ['node_modules', '/srv/shop/a/b/node_modules/c/d.js'],
    ['node_modules/', '/srv/shop/a/node_modules'],
    ['*.log', '/srv/shop/a/b.log'],
    ['*.log', '/srv/shop/.hidden.log'],
    ['**/*.log', '/srv/shop/b.log'],
    ['**/*.log', '/srv/shop/a/b/c.log'],
    ['/srv/shop/cache', '/srv/shop/cache'],
    ['/srv/shop/cache/', '/srv/shop/cache/deep/inside'],
    ['/srv/*/cache', '/srv/shop/cache/inside'],
    ['/srv', '/srv/shop'],
    ['public/cache', '/srv/shop/public/cache/a'],
    ['./public/cache', '/srv/shop/public/cache'],
    ['srv/shop/public', '/srv/shop/public'],
    ['cache/**', '/srv/shop/cache/a/b'],
    ['./cache', '/srv/shop/cache/a'],
    ['./*.log', '/srv/shop/a.log'],
    ['/**/cache', '/srv/shop/lib/cache'],
    ['{tmp,cache}', '/srv/shop/tmp'],
    ['my [old] files', '/srv/shop/my [old] files'],
    ['/srv/shop/a (1)', '/srv/shop/a (1)/b'],
    ['**/*.log', '/srv/shop/with\na line break/b.log'],
  ])('"%s" leaves out %j', (glob, path) => {
    expect(excludes(glob, path)).toBe(true);
  });

  it.each([
    ['node_modules', '/srv/shop/node_modules.txt'],
    ['modules', '/srv/shop/node_modules'],
    ['*.log', '/srv/shop/log'],
    ['/srv/shop/cache', '/srv/shop/cache2'],
    ['/srv/*/inside', '/srv/shop/cache/inside'],
    ['public/cache', '/srv/shop/old/public/cache'],
    ['cache/**', '/srv/shop/cache'],
    ['./cache', '/srv/shop/lib/cache'],
    ['/cache', '/srv/shop/cache'],
    ['/srv/other', '/srv/shop/srv/other'],
    ['shop', '/srv/shop.txt'],
  ])('"%s" keeps %j', (glob, path) => {
    expect(excludes(glob, path)).toBe(false);
  });

  it('refuses to take back what is excluded, and says what to do', () => {
    const { error } = FileSelection.safeParse({ include: ['/srv/shop'], exclude: ['*.log', '!keep.log'] });

    expect(error?.issues).toMatchObject([
      { path: ['exclude', 1], message: expect.stringContaining('Name what is to stay under "include"') },
    ]);
  });

  it('takes a path as the archive names it', () => {
    const selection = { include: ['/srv/shop/public'], relativeTo: '/srv/shop', exclude: ['public/cache'] };

    const excluded = excluderOf(FileSelection.parse(selection))('/srv/shop/public/cache/a.png');

    expect(excluded).toBe(true);
  });

  it('does not call left out what no included path leads to', () => {
    expect(excludes('elsewhere', '/var/elsewhere')).toBe(false);
  });
});

function excludes(glob: string, path: string): boolean {
  return excluderOf(FileSelection.parse({ include: ['/srv/shop'], exclude: [glob] }))(path);
}
