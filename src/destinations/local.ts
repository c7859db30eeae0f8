import { join } from 'node:path';
import type { ByteRange, Destination } from './destination.ts';
import { appFolder, splitKey } from './key.ts';
import { nearestFolder, readyFolder, unlessMissing, within } from './local/folders.ts';
import { fileSystemOf, freeSpaceOf } from './local/free-space.ts';
import { foldersIn, listFolder, manifestsIn } from './local/list-folder.ts';
import { lookAtFile, probe, readFile, removeFile, skimFile } from './local/one-file.ts';
import type { LocalOptions } from './local/options.ts';
import { removePartials, storeFile } from './local/store-file.ts';
import { inWords } from './local/words.ts';
import { readBack } from './read-back.ts';

/*
 * A folder of this machine, or of a disk or network share mounted on it. The user the worker runs as has to be able to write there.
 * Archives are `<path>/<app>/<instant>.zip`; Holdfast makes its folders 0700 and its files 0600, whatever the umask.
 */

/** A destination that is a folder: `shop/2026-11-22-03-15-00.zip` is a file of that name in it. */
export function localDestination(name: string, { path, createFolder }: LocalOptions): Destination {
  const inFolder = <Result>(key: string, work: (file: string) => Promise<Result>): Promise<Result> => {
    const { app, fileName } = splitKey(key);
    return within(join(path, app), (folder) => work(join(folder, fileName)));
  };
  /** A folder that is not there has none of its files. */
  const ifThere = <Result>(key: string, work: (file: string) => Promise<Result>) =>
    unlessMissing(inFolder(key, work));
  const attempt = async <Result>(doing: string, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw inWords(`Could not ${doing} ${name}`, path, error);
    }
  };

  const read = (key: string, range?: ByteRange) =>
    readFile(
      (open) => inFolder(key, open),
      range,
      (error) => inWords(`Could not read ${key} from ${name}`, path, error),
    );

  return {
    name,
    folder: path,
    async store(key, content, signal) {
      // A stream may fail before its first byte is asked for; with nobody listening that would end the process.
      content.on('error', ignoreUntilRead);
      try {
        const { app, fileName } = splitKey(key);
        const folder = await readyFolder(path, app, createFolder);
        await within(folder, (folder) => storeFile(join(folder, fileName), content, signal));
      } catch (error) {
        content.destroy();
        // Why the stream failed is for its maker to say.
        throw error === content.errored ? error : inWords(`Could not store ${key} in ${name}`, path, error);
      }
    },
    async verify(key, expected, signal, options) {
      const stored = skimFile(
        (open) => inFolder(key, open),
        (error) => inWords(`Could not read ${key} from ${name}`, path, error),
      );
      await readBack(name, key, stored, expected, signal, options);
      return 'verified';
    },
    list: (app) =>
      attempt(`list the backups of ${app} in`, () => listFolder(path, appFolder(app), createFolder)),
    listManifests: (app) =>
      attempt(`list the backups of ${app} in`, () => manifestsIn(path, appFolder(app), createFolder)),
    listApps: () => attempt('list the apps in', () => foldersIn(path, createFolder)),
    head: (key) => attempt(`look at ${key} in`, () => ifThere(key, lookAtFile)),
    read,
    tidy: (key) => attempt(`clear up in`, () => ifThere(key, removePartials)),
    remove: (key) => attempt(`remove ${key} from`, () => ifThere(key, removeFile)),
    link: async () => undefined,
    async check() {
      const { isPrivate } = await attempt('write to', async () =>
        probe(createFolder ? await nearestFolder(path) : path),
      );
      return [
        { about: 'reachable', answer: 'yes' },
        { about: 'may list', answer: 'yes' },
        { about: 'may write', answer: 'yes', ...(!isPrivate && { note: withoutModes }) },
        { about: 'may delete', answer: 'yes' },
      ];
    },
    freeInBytes: () =>
      attempt('ask for the free space of', async () =>
        freeSpaceOf(createFolder ? await nearestFolder(path) : path),
      ),
    disk: () =>
      attempt('look at the disk of', async () =>
        fileSystemOf(createFolder ? await nearestFolder(path) : path),
      ),
    locate: (key) => join(path, key),
  };
}

const withoutModes =
  'Its file system keeps no modes: everybody who may read there reads the backups. Mount it so that only the user that runs Holdfast may.';

function ignoreUntilRead(): void {
  // Whoever reads the stream is thrown its error.
}
