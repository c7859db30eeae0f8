import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedKind } from '../../../src/archive/naming/name-table.ts';
import { openNaming } from '../../../src/archive/naming/naming.ts';

const kinds: readonly NamedKind[] = ['implied', 'folder', 'leaf'];

describe('names in an archive', () => {
  it('are given once, and none lies beneath a file or a link, whatever is asked for', () => {
    const segment = fc.constantFrom('a', 'A', 'a (2)', 'é', 'e\u0301', '..\\a', '.._a', 'C:a', 'C_a');
    const wish = fc.record({ folder: fc.nat(), segment, kind: fc.constantFrom(...kinds) });

    fc.assert(
      fc.property(fc.array(wish, { maxLength: 60 }), (wishes) => {
        const naming = openNaming({ keepsBytes: false });
        const folders = [''];
        const listed: string[] = [];
        const leaves: string[] = [];

        for (const { folder, segment, kind } of wishes) {
          const { name } = naming.name(folders[folder % folders.length] ?? '', segment, kind);
          if (kind !== 'implied') listed.push(name);
          (kind === 'leaf' ? leaves : folders).push(name);
        }

        expect(new Set(listed).size).toBe(listed.length);
        for (const leaf of leaves) {
          expect(folders).not.toContain(leaf);
          expect([...folders, ...listed].filter((name) => name.startsWith(`${leaf}/`))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are the wanted ones, also of many thousand entries', () => {
    const naming = openNaming({ keepsBytes: false });

    const names = Array.from({ length: 20_000 }, (_, at) =>
      naming.name(`folder-${at % 7}`, `${at}.txt`, 'leaf'),
    );

    expect(names.filter(({ instead, isAlike }) => instead || isAlike)).toEqual([]);
    expect(naming.name('folder-3', '10.txt', 'leaf')).toEqual({
      name: 'folder-3/10 (2).txt',
      instead: { of: 'folder-3/10.txt', because: 'taken' },
      isAlike: false,
    });
  });

  it('have their number before the ending, and each has its own where many become one', () => {
    const naming = openNaming({ keepsBytes: false });

    const names = Array.from({ length: 2000 }, () => naming.name('', 'notes.tar.gz', 'leaf').name);

    expect(names.slice(0, 3)).toEqual(['notes.tar.gz', 'notes.tar (2).gz', 'notes.tar (3).gz']);
    expect(new Set(names).size).toBe(2000);
  });

  it('say which differ from another only in capitals or in how accents are written', () => {
    const naming = openNaming({ keepsBytes: false });

    const alike = ['Readme', 'README', 'é', 'e\u0301', 'other'].map(
      (segment) => naming.name('', segment, 'leaf').isAlike,
    );

    expect(alike).toEqual([false, true, false, true, false]);
    expect(naming.name('folder', 'readme', 'leaf').isAlike).toBe(false);
  });

  it.each([
    ['é'.repeat(200), 'é'.repeat(127)],
    [`${'é'.repeat(200)}.jpeg`, `${'é'.repeat(125)}.jpeg`],
    ['a'.repeat(255), 'a'.repeat(255)],
  ])('take no more room than a file system has', (wanted, given) => {
    const { name, instead } = openNaming({ keepsBytes: false }).name('', wanted, 'leaf');

    expect(name).toBe(given);
    expect(instead?.because).toBe(wanted === given ? undefined : 'too long');
  });
});
