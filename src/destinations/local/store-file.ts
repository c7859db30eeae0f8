import { randomBytes } from 'node:crypto';
import { link, lstat, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { keepPrivate, syncFolder, unlessMissing } from './folders.ts';
import { isSystemError } from './words.ts';

/**
 * Writes `content` to `path`, which appears only when all of it is on the disk; until then it is `….partial` beside it.
 * A writer has a partial of its own, so two of them cannot mix, and the second to finish is refused.
 * The partial of a process that died is removed when the app is next backed up, once nobody has written to it for an hour.
 */
export async function storeFile(path: string, content: Readable, signal: AbortSignal): Promise<void> {
  addAbortSignal(signal, content);
  await refuseExisting(path);
  const partial = `${path}.${randomBytes(4).toString('hex')}.partial`;
  try {
    await write(partial, content);
    signal.throwIfAborted();
    await publish(partial, path);
  } catch (error) {
    await removeQuietly(partial);
    throw error;
  }
}

/** Removes what was begun to be written to `path` and has never appeared, also by a process that still writes. */
export async function removePartials(path: string): Promise<void> {
  const names = (await unlessMissing(readdir(dirname(path)))) ?? [];
  const partials = names.filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith('.partial'));
  for (const name of partials) await removeFile(join(dirname(path), name));
}

/** A folder of that name is not ours, and harms no backup. */
async function removeFile(path: string): Promise<void> {
  if ((await unlessMissing(lstat(path)))?.isDirectory() === false) await rm(path, { force: true });
}

/** Before an hour is spent on it; {@link publish} makes sure. */
async function refuseExisting(path: string): Promise<void> {
  if ((await unlessMissing(lstat(path))) !== undefined) throw alreadyThere(path);
}

async function write(partial: string, content: Readable): Promise<void> {
  const file = await open(partial, 'wx', 0o600);
  try {
    await keepPrivate(() => file.chmod(0o600));
    await removeAbandoned(dirname(partial), (await file.stat()).mtimeMs).catch(leaveForLater);
    for await (const chunk of content) await file.appendFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Tidying up decides over no backup: what cannot be removed now, perhaps of another user, the next run tries again. */
function leaveForLater(): void {}

const hourInMs = 3_600_000;

/** `now` is the file system's own clock, which on a share is not this machine's. */
async function removeAbandoned(folder: string, now: number): Promise<void> {
  const partials = (await readdir(folder)).filter((name) => name.endsWith('.partial'));
  for (const name of partials) {
    const found = await unlessMissing(lstat(join(folder, name)));
    if (found !== undefined && now - found.mtimeMs > hourInMs) await removeFile(join(folder, name));
  }
}

async function publish(partial: string, path: string): Promise<void> {
  await renameUnlessThere(partial, path);
  try {
    await syncFolder(dirname(path));
  } catch (error) {
    await removeQuietly(path);
    throw error;
  }
}

/** A plain rename would overwrite; a link does not. */
export async function renameUnlessThere(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!isSystemError(error) || !hasNoLinks.has(error.code)) throw error;
    await refuseExisting(to);
    return rename(from, to);
  }
  await rm(from);
}

/** What file systems without hard links answer: exFAT, some network shares. */
const hasNoLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** What went wrong before is what counts; a partial that cannot be removed now is removed with the abandoned ones. */
async function removeQuietly(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

function alreadyThere(path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${basename(path)} exists`), { code: 'EEXIST', syscall: 'link' });
}
