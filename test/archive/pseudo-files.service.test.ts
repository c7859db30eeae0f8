import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { zipPrograms } from '../support/programs.ts';
import type { Programs } from '../support/services/install.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { packed, tarGz, zip } from './packed.ts';

/** A short one, and one that is larger than what is read in one go. */
const withoutSize = ['/proc/version', '/proc/kallsyms'].filter((path) => existsSync(path));
/** It says it has a page, and has a few bytes. */
const shorter = '/sys/devices/system/cpu/online';

let programs: Programs;

beforeAll(async () => {
  programs = await zipPrograms();
});

describe.each([
  ['zip', zip, ['unzip', '-q']],
  ['tar.gz', tarGz, ['tar', '-xzf']],
] as const)('in a %s, a file', (_, format, [program, ...args]) => {
  it('that says it has no size is read to its end', async () => {
    const { into, warnings } = await unpacked(withoutSize);

    for (const path of withoutSize)
      expect(readFileSync(join(into, path)).equals(readFileSync(path)), path).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('that ends before its size is a note', async () => {
    const { into, warnings } = await unpacked([shorter]);

    const content = readFileSync(shorter, 'utf8');
    expect(readFileSync(join(into, shorter), 'utf8').replaceAll('\0', '')).toBe(content);
    expect(warnings).toEqual([
      `${shorter} ended after ${content.length} bytes, though it says it has 4,096 bytes.`,
    ]);
  });

  async function unpacked(include: readonly string[]) {
    const into = temporaryFolder();
    const { archive, warnings } = await packed(format, { include: [...include], relativeTo: '/' });
    await execa(programs(program), [...args, archive], { cwd: into });
    return { into, warnings };
  }
});
