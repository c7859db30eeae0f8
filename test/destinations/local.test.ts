import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DestinationError } from '../../src/destinations/destination.ts';
import { keepPrivate, within } from '../../src/destinations/local/folders.ts';
import { removeFile } from '../../src/destinations/local/one-file.ts';
import { LocalOptions } from '../../src/destinations/local/options.ts';
import { localDestination } from '../../src/destinations/local.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { honoursTheDestinationContract } from './destination-contract.ts';

const key = 'shop/2026-11-22-03-15-00.zip';
const never = new AbortController().signal;

function open(path: string, options: Partial<LocalOptions> = {}) {
  return localDestination('disk', LocalOptions.parse({ driver: 'local', path, ...options }));
}

const store = (path: string, content = 'an archive') =>
  open(path).store(key, Readable.from([Buffer.from(content)]), never);

describe('local destination', () => {
  honoursTheDestinationContract(async () => {
    const path = temporaryFolder();
    return {
      destination: open(path),
      async plant(name, content) {
        mkdirSync(join(path, dirname(name)), { recursive: true });
        writeFileSync(join(path, name), content);
      },
      everything: async () =>
        readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((found) => !found.isDirectory())
          .map((found) => join(found.parentPath, found.name).slice(path.length + 1)),
    };
  });

  it.each([0o000, 0o022, 0o777])('keeps folders 0700 and files 0600 with the umask %o', async (umask) => {
    const path = join(temporaryFolder(), 'new/backups');
    const before = process.umask(umask);
    onTestFinished(() => {
      process.umask(before);
    });

    await store(path);

    expect(modeOf(dirname(path))).toBe('700');
    expect(modeOf(path)).toBe('700');
    expect(modeOf(join(path, 'shop'))).toBe('700');
    expect(modeOf(join(path, key))).toBe('600');
  });

  it('leaves the mode of a folder it finds as it is', async () => {
    const path = temporaryFolder();
    chmodSync(path, 0o750);

    await store(path);

    expect(modeOf(path)).toBe('750');
  });

  it('says where a backup is, as a whole path', () => {
    expect(open('/var/backups/').locate(key)).toBe(`/var/backups/${key}`);
    expect(open('/var/backups').folder).toBe('/var/backups');
  });

  it('does not follow a link in place of an app’s folder', async () => {
    const [path, elsewhere] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(elsewhere, join(path, 'shop'));
    writeFileSync(join(elsewhere, '2026-11-22-03-15-00.zip'), 'somebody else’s');

    await expect(store(path)).rejects.toThrow(/is a link/);
    await expect(open(path).list('shop')).rejects.toThrow(/is a link/);
    await expect(open(path).remove(key)).rejects.toThrow(/is a link/);
    await expect(buffer(open(path).read(key))).rejects.toThrow(/is a link/);
    expect(readdirSync(elsewhere)).toEqual(['2026-11-22-03-15-00.zip']);
  });

  it.each(['EPERM', 'ENOTSUP'])('stores on a file system without modes, which answers %s', async (code) => {
    const failing = (code: string) => async () =>
      Promise.reject(Object.assign(new Error(code), { code, errno: -1, syscall: 'chmod' }));

    await expect(keepPrivate(failing(code))).resolves.toBeUndefined();
    await expect(keepPrivate(failing('EIO'))).rejects.toThrow('EIO');
  });

  it('keeps to the folder it opened when a link is put in its place', async () => {
    const [path, elsewhere] = [temporaryFolder(), temporaryFolder()];
    const folder = join(path, 'shop');
    mkdirSync(folder);
    for (const each of [folder, elsewhere]) writeFileSync(join(each, 'old.zip'), 'kept or removed');

    await within(folder, async (inside) => {
      renameSync(folder, join(path, 'moved'));
      symlinkSync(elsewhere, folder);
      await removeFile(join(inside, 'old.zip'));
    });

    expect(readdirSync(elsewhere)).toEqual(['old.zip']);
    expect(readdirSync(join(path, 'moved'))).toEqual([]);
  });

  it('is not kept from storing and tidying up by a folder that is called like an unfinished archive', async () => {
    const path = temporaryFolder();
    const folder = join(path, 'shop', `${key.split('/')[1]}.0.partial`);
    mkdirSync(folder, { recursive: true });
    utimesSync(folder, 0, 0);

    await store(path);
    await open(path).tidy(key, new AbortController().signal);

    expect(readdirSync(join(path, 'shop')).toSorted()).toHaveLength(2);
  });

  it('does not take a link or a folder for a backup', async () => {
    const path = temporaryFolder();
    mkdirSync(join(path, 'shop/2026-11-22-03-15-01.zip'), { recursive: true });
    writeFileSync(join(path, 'secret'), 'secret');
    symlinkSync(join(path, 'secret'), join(path, key));

    expect(await open(path).list('shop')).toEqual([]);
    await expect(buffer(open(path).read(key))).rejects.toThrow(/links inside a destination/);
    await expect(open(path).remove('shop/2026-11-22-03-15-01.zip')).rejects.toThrow(/folder/);
  });

  it('may itself be a link to a folder', async () => {
    const path = temporaryFolder();
    mkdirSync(join(path, 'disk'));
    symlinkSync(join(path, 'disk'), join(path, 'link'));

    await store(join(path, 'link'));

    expect(readFileSync(join(path, 'disk', key), 'utf8')).toBe('an archive');
  });

  it('says so when it is a file', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');

    const sentence = /Could not .* disk: .*file is a file and not a folder|is a file and not a folder/;
    await expect(store(path)).rejects.toThrow(sentence);
    await expect(open(path).list('shop')).rejects.toThrow(sentence);
    await expect(open(path).check()).rejects.toThrow(sentence);
    await expect(store(path)).rejects.toBeInstanceOf(DestinationError);
  });

  it('makes its folder, and a check before that leaves it to the first backup', async () => {
    const path = join(temporaryFolder(), 'not/yet');

    await open(path).check();
    expect(await open(path).list('shop')).toEqual([]);
    expect(readdirSync(dirname(dirname(path)))).toEqual([]);
    await store(path);

    expect(await open(path).list('shop')).toHaveLength(1);
  });

  it('does not write below a disk that is not mounted, when told so', async () => {
    const path = join(temporaryFolder(), 'not-mounted');
    const destination = open(path, { createFolder: false });

    const mounted = /see whether it is/;
    await expect(destination.check()).rejects.toThrow(mounted);
    await expect(destination.list('shop')).rejects.toThrow(mounted);
    await expect(destination.store(key, Readable.from([]), never)).rejects.toThrow(mounted);
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it('takes a backup although something abandoned cannot be tidied up', async () => {
    const path = temporaryFolder();
    const stuck = join(path, 'shop/a-folder.zip.0001.partial');
    mkdirSync(stuck, { recursive: true });
    utimesSync(stuck, new Date(0), new Date(0));

    await store(path);

    expect(readFileSync(join(path, key), 'utf8')).toBe('an archive');
  });

  it('clears away what a run that died has left, and nothing that is being written', async () => {
    const path = temporaryFolder();
    mkdirSync(join(path, 'shop'));
    const [dead, alive] = ['dead.zip.0001.partial', 'alive.zip.0002.partial'];
    for (const name of [dead, alive]) writeFileSync(join(path, 'shop', name), 'half');
    utimesSync(join(path, 'shop', dead), 0, 0);

    await store(path);

    expect(readdirSync(join(path, 'shop')).toSorted()).toEqual(['2026-11-22-03-15-00.zip', alive]);
  });

  it('clears up what was begun under one key, however young, and nothing under others', async () => {
    const path = temporaryFolder();
    await store(path);
    const others = ['2026-11-22-03-15-01.zip.0002.partial', '2026-11-22-03-15-00.manifest.json.0003.partial'];
    for (const name of ['2026-11-22-03-15-00.zip.0001.partial', ...others])
      writeFileSync(join(path, 'shop', name), 'half');

    await open(path).tidy('shop/2026-11-22-03-15-00.zip', new AbortController().signal);

    expect(readdirSync(join(path, 'shop')).toSorted()).toEqual(
      ['2026-11-22-03-15-00.zip', ...others].toSorted(),
    );
  });

  it('takes a path only from the root of the machine', () => {
    expect(() => open('backups')).toThrow(/beginning with/);
  });
});

function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8);
}
