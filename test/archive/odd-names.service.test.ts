import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { zipPrograms } from '../support/programs.ts';
import type { Programs } from '../support/services/install.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { packed, tarGz, zip } from './packed.ts';

/** Text that is all ASCII or a byte each: `é` is one byte of Latin-1, `Ã©` the two of UTF-8. */
const asBytes = (text: string) => Buffer.from(text, 'latin1');
const longPath = `${'a'.repeat(120)}/${'b'.repeat(120)}\xe9`;

/** In bytes: what is there once in UTF-8, once in Latin-1, files and folders alike; what is long; links that lead to them. */
const files: readonly (readonly [string, string])[] = [
  ['caf\xe9.txt', 'old'],
  ['caf\xc3\xa9.txt', 'new'],
  ['d\xe9/inside.txt', 'in the old folder'],
  ['d\xc3\xa9/inside.txt', 'in the new folder'],
  ['b\xc3\xb6/caf\xe9.txt', 'two encodings'],
  ['\xe9'.repeat(255), 'as long as it may be'],
  [longPath, 'longer than a header of tar'],
  ['..\\climbs', 'named like one that climbs'],
  ['.._climbs', 'named as that becomes'],
];
const links: readonly (readonly [string, string])[] = [
  ['current', 'b\xc3\xb6/caf\xe9.txt'],
  ['l\xe9', 'caf\xe9.txt'],
];

let programs: Programs;

beforeAll(async () => {
  programs = await zipPrograms();
});

function madeFiles(): string {
  const source = temporaryFolder();
  for (const [name, content] of files) {
    const path = asBytes(`${source}/${name}`);
    mkdirSync(asBytes(dirname(path.toString('latin1'))), { recursive: true });
    writeFileSync(path, content);
  }
  for (const [name, target] of links) symlinkSync(asBytes(target), asBytes(`${source}/${name}`));
  linkSync(asBytes(`${source}/caf\xe9.txt`), asBytes(`${source}/second name \xe9`));
  return source;
}

describe('names of every kind of bytes', () => {
  it.each([
    ['GNU tar', 'tar', ['-xzf']],
    ['bsdtar', 'bsdtar', ['-xzf']],
    ['Python', 'python3', ['-c', 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall()']],
  ])('come out of a tar.gz as they were, by %s', async (_, program, args) => {
    const source = madeFiles();
    const { archive } = await packed(tarGz, { include: [source], relativeTo: source });
    const into = temporaryFolder();

    await execa(programs(program), [...args, archive], { cwd: into, env: { LC_ALL: 'C.UTF-8' } });

    const renamed = { '..\\climbs': '.._climbs (2)', '.._climbs': '.._climbs' };
    const expected = Object.entries(contentsOf(source)).filter(([name]) => !(name in renamed));
    const unpacked = Object.entries(contentsOf(into)).filter(([name]) => !name.includes('climbs'));
    expect(unpacked).toEqual(expected);
  });

  it.each([
    ['unzip', zip, ['unzip', '-q']],
    ['7z', zip, ['7z', 'x', '-y']],
    ['tar', tarGz, ['tar', '-xzf']],
  ] as const)('lose no file by %s, and who has another name is told', async (_, format, command) => {
    const source = madeFiles();
    const { archive, warnings } = await packed(format, { include: [source], relativeTo: source });
    const into = temporaryFolder();

    const [program, ...args] = command;
    await execa(programs(program), [...args, archive], { cwd: into, env: { LC_ALL: 'C.UTF-8' } });

    const contents = (root: string) =>
      Object.values(contentsOf(root)).filter((each) => !each.startsWith('→'));
    expect(contents(into).toSorted()).toEqual(contents(source).toSorted());
    expect(warnings.filter((warning) => /The archive has .* as ".* \(2\)/.test(warning))).toHaveLength(
      format === zip ? 3 : 1,
    );
  });

  it('lead a link to its file in a zip', async () => {
    const source = madeFiles();
    const { archive } = await packed(zip, { include: [source], relativeTo: source });
    const into = temporaryFolder();

    await execa(programs('unzip'), ['-q', archive], { cwd: into, env: { LC_ALL: 'C.UTF-8' } });

    expect(readFileSync(join(into, 'current'), 'utf8')).toBe('two encodings');
  });
});

/** Paths, of which each byte is a letter, and what is there. */
function contentsOf(root: string, below = ''): Record<string, string> {
  const found = readdirSync(asBytes(`${root}/${below}`), { encoding: 'buffer' }).map((name) =>
    name.toString('latin1'),
  );
  const all = found.map((name): Record<string, string> => {
    const path = asBytes(`${root}/${below}${name}`);
    const stats = lstatSync(path);
    if (stats.isDirectory()) return contentsOf(root, `${below}${name}/`);
    const content = stats.isSymbolicLink() ? `→ ${readlinkSync(path, 'latin1')}` : readFileSync(path, 'utf8');
    return { [below + name]: content };
  });
  return Object.fromEntries(Object.entries(Object.assign({}, ...all)).toSorted()) as Record<string, string>;
}
