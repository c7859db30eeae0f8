import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { wronglyGone } from './gone.ts';
import { watchLitter } from './litter.ts';

const backups = ['01', '02', '03', '04'].map((minute) => `shop/2026-11-22-03-${minute}-00.zip`);
const [first = '', second = '', third = '', fourth = ''] = backups;
const at = (now: readonly string[]) => ({ name: 'disk', before: backups, now });

describe('what torture says is missing', () => {
  it('is all that has gone though nobody cleaned', () => {
    expect(wronglyGone(at([second, third, fourth]), false)).toEqual([`${first} has gone from disk`]);
  });

  it('is nothing when a clean has left the newest ones', () => {
    expect(wronglyGone(at([third, fourth]), true)).toEqual([]);
  });

  it('is the newest when a clean has taken it, or left too few', () => {
    expect(wronglyGone(at([first, second, third]), true)).toEqual([
      `${fourth}, the newest, has gone from disk`,
    ]);
    expect(wronglyGone(at([fourth]), true)).toHaveLength(1);
  });
});

describe('what torture says was left', () => {
  it('is a partial that lies there for two looks, and a bare manifest once another clean has ended well', async () => {
    const look = watchLitter(temporaryFolder());
    const partial = `${first}.0a1b2c3d.partial`;
    const bare = 'shop/2026-11-22-03-02-00.manifest.json';
    const content = [{ name: 'disk', keys: [partial, bare] }];

    expect(await look(content, true)).toEqual([]);
    expect(await look(content, false)).toEqual([expect.stringContaining(partial)]);
    expect(await look(content, true)).toHaveLength(2);
  });
});
