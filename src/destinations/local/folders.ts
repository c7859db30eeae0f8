import { constants } from 'node:fs';
import { chmod, type FileHandle, lstat, mkdir, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathOfDescriptor } from '../../descriptor.ts';
import { DestinationError } from '../destination.ts';
import { isSystemError } from './words.ts';

/** The folder of `app` below `root`, there from now on and kept for good. */
export async function readyFolder(root: string, app: string, createRoot: boolean): Promise<string> {
  const folder = join(root, app);
  await (createRoot ? makeFolders(folder) : makeFolder(folder));
  return folder;
}

/**
 * Has `work` use a folder of a destination by its descriptor, where a system has paths of those: what is put in its place meanwhile is
 * neither written to nor cleaned. @throws {DestinationError} when it is a link.
 */
export async function within<Result>(
  folder: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const handle = await openFolder(folder);
  try {
    return await work(pathOfDescriptor(handle.fd) ?? folder);
  } finally {
    await handle.close();
  }
}

async function openFolder(folder: string): Promise<FileHandle> {
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
  try {
    return await open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  } catch (error) {
    await refuseLink(folder);
    throw error;
  }
}

/** A link in place of an app's folder could lead anywhere. Nothing there is no error. @throws {DestinationError} */
async function refuseLink(folder: string): Promise<void> {
  const found = await unlessMissing(lstat(folder));
  if (!found?.isSymbolicLink()) return;
  throw new DestinationError(
    `${folder} is a link, and links inside a destination are not followed. Make the folder it leads to a destination of its own.`,
  );
}

/** `path`, or the first folder above it that is there. */
export async function nearestFolder(path: string): Promise<string> {
  if ((await unlessMissing(lstat(path))) !== undefined) return path;
  return nearestFolder(dirname(path));
}

/** What `work` gives, or `undefined` when the file or folder it looks for is not there. */
export async function unlessMissing<Found>(work: Promise<Found>): Promise<Found | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes what is written in `folder` outlive a power failure: a new name is only kept once its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems have nothing to flush for a folder, and say so.
    if (!isSystemError(error) || !['EINVAL', 'ENOTSUP'].includes(error.code)) throw error;
  } finally {
    await handle.close();
  }
}

/**
 * The umask may have taken away more than others' rights. A file system without modes, such as exFAT or a share, refuses: a check says
 * who may read there.
 */
export async function keepPrivate(changeMode: () => Promise<void>): Promise<void> {
  try {
    await changeMode();
  } catch (error) {
    if (!isSystemError(error) || !hasNoModes.has(error.code)) throw error;
  }
}

const hasNoModes: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL']);

async function makeFolders(path: string): Promise<void> {
  if ((await unlessMissing(stat(path))) !== undefined) return;
  await makeFolders(dirname(path));
  await makeFolder(path);
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, 0o700);
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return;
    throw error;
  }
  await keepPrivate(() => chmod(path, 0o700));
  await syncFolder(dirname(path));
}
