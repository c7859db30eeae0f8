import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/archive/archive.ts';
import { asOrdinaryUser } from '../support/ordinary-user.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { readZip } from './read-zip.ts';
import { type Selection, selecting } from './selecting.ts';
import { zipped } from './zipping.ts';

const MiB = 1024 * 1024;
const text = Buffer.from('Databases and files into one plain zip. '.repeat(250_000)).subarray(0, 9 * MiB);

describe('files in a zip', () => {
  it('hold what they held', async () => {
    const files = {
      nothing: Buffer.alloc(0),
      'a byte': Buffer.from('x'),
      'small text': text.subarray(0, 5000),
      'as much as is read at once': text.subarray(0, 4 * MiB),
      'a little more than that': text.subarray(0, 4 * MiB + 1),
      'whole blocks': text.subarray(0, 6 * MiB),
      'blocks and a rest': text.subarray(0, 9 * MiB - 5),
      noise: randomBytes(5 * MiB + 3),
      'noise between text': Buffer.concat([
        text.subarray(0, 3 * MiB),
        randomBytes(2 * MiB),
        text.subarray(0, MiB),
      ]),
    };
    const { root } = folderWith(files);

    const { contents } = await zipOf({ include: [root], relativeTo: root });

    const wrong = Object.entries(files).filter(([name, content]) => !contents[name]?.equals(content));
    expect(wrong.map(([name]) => name)).toEqual([]);
    expect(Object.keys(contents)).toHaveLength(9);
  });

  it('are stored as they are when they do not compress', async () => {
    const { root } = folderWith({ 'photo.txt': randomBytes(2 * MiB) });

    const { archive } = await zipOf({ include: [root], relativeTo: root });

    expect(archive.readUInt16LE(8)).toBe(0);
    expect(archive.length).toBeLessThan(2 * MiB + 300);
  });

  it('keep their order among others', async () => {
    const files = { '1.txt': text.subarray(0, 5 * MiB), '2.txt': text.subarray(0, 10), '3.txt': text };
    const { root } = folderWith(files);

    const { contents } = await zipOf({
      include: ['1', '2', '3'].map((name) => join(root, `${name}.txt`)),
      relativeTo: root,
    });

    expect(Object.keys(contents)).toEqual(['1.txt', '2.txt', '3.txt']);
  });
});

describe.each([
  ['small', 5000],
  ['large', 9 * MiB],
])('a %s file', (_, size) => {
  const content = text.subarray(0, size);

  it('is left out with a warning when it is gone by its turn', async () => {
    const { root, path } = folderWith({ 'a.log': content });

    const { contents, warnings } = await zipOf({ include: [root], relativeTo: root }, () => rmSync(path));

    expect(contents).toEqual({});
    expect(warnings).toEqual([`Left out ${path}: it was gone before it could be read.`]);
  });

  it('is left out with a warning when it has become a link by then', async () => {
    const { root, path } = folderWith({ 'a.log': content });

    const { contents, warnings } = await zipOf({ include: [root], relativeTo: root }, () => {
      rmSync(path);
      symlinkSync('/etc/hostname', path);
    });

    expect(contents).toEqual({});
    expect(warnings).toEqual([`Left out ${path}: it was gone before it could be read.`]);
  });

  it('is kept as it is then when it has grown, however large', async () => {
    const { root, path } = folderWith({ 'a.log': content });

    const { contents } = await zipOf({ include: [root], relativeTo: root }, () => appendFileSync(path, text));

    expect(contents['a.log']?.equals(Buffer.concat([content, text]))).toBe(true);
  });

  it('is kept as it is then when it has become shorter', async () => {
    const { root, path } = folderWith({ 'a.log': content });

    const { contents } = await zipOf({ include: [root], relativeTo: root }, () => truncateSync(path, 1000));

    expect(contents['a.log']?.equals(content.subarray(0, 1000))).toBe(true);
  });

  it('fails the archive when it may not be read', async () => {
    const { root, path } = folderWith({ 'a.log': content });
    chmodSync(path, 0);

    const zip = asOrdinaryUser(() => zipOf({ include: [root] }));

    await expect(zip).rejects.toThrow(`Could not read ${path}: permission denied (EACCES).`);
  });

  it('is left out when it may not be read and that is to be ignored', async () => {
    const { root, path } = folderWith({ 'a.log': content, 'b.log': Buffer.from('b') });
    chmodSync(path, 0);
    const selection = { include: [root], relativeTo: root, ignoreUnreadable: true };

    const { contents, warnings } = await asOrdinaryUser(() => zipOf(selection));

    expect(Object.keys(contents)).toEqual(['b.log']);
    expect(warnings).toEqual([`Left out ${path}: permission denied (EACCES).`]);
  });
});

function folderWith(files: Readonly<Record<string, Buffer>>) {
  const root = temporaryFolder();
  chmodSync(root, 0o755);
  mkdirSync(root, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, name), content);
  return { root, path: join(root, Object.keys(files)[0] ?? '') };
}

/** A selection as a zip; `change` comes between looking at the files and reading them. */
async function zipOf(selection: Selection, change: () => void = () => {}) {
  const { entries, warnings } = selecting(selection);
  async function* changed(): AsyncGenerator<Entry> {
    const seen: Entry[] = [];
    for await (const entry of entries) seen.push(entry);
    change();
    yield* seen;
  }

  const archive = await buffer(zipped(changed()).stream);
  return { archive, contents: readZip(archive), warnings };
}
