import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { zipPrograms } from '../support/programs.ts';
import type { Programs } from '../support/services/install.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Unpack, waysToUnpack } from './unpack-zip.ts';
import { fileEntry, writeZip } from './zipping.ts';

/** Up, absolute, up in the words of Windows, a drive, a byte where others end a name, and devices of Windows. */
const names = [
  ...['../../up', '/absolute', 'a/../../../further', '..\\..\\up', '\\absolute', 'C:\\drive'],
  ...['cut\0short', 'CON', 'nul.txt', 'aux/com1'],
];

const python: Unpack = (archive, folder) => ['python3', '-m', 'zipfile', '-e', archive, folder];

let programs: Programs;

beforeAll(async () => {
  programs = await zipPrograms();
});

describe('entries that call themselves something hostile', () => {
  it.each([...waysToUnpack.map(([name, unpack]) => [name, unpack] as const), ['Python', python] as const])(
    'stay in the folder in which %s unpacks them',
    async (_, unpack) => {
      const outside = temporaryFolder();
      const folder = join(outside, 'one', 'two');
      const archive = join(outside, 'archive.zip');
      await mkdir(folder, { recursive: true });
      await writeZip(
        archive,
        names.map((name, at) => fileEntry(name, `file ${at}`)),
      );

      const [program, ...args] = unpack(archive, folder);
      await execa(programs(program), args, { cwd: folder });

      expect((await readdir(outside)).toSorted()).toEqual(['archive.zip', 'one']);
      expect(await readdir(join(outside, 'one'))).toEqual(['two']);
      expect(await filesBelow(folder)).toBe(names.length);
    },
  );
});

async function filesBelow(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).length;
}
