import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StoreInUse } from '../store.ts';
import { processBirth } from './process-birth.ts';

export interface FolderLock {
  release(): Promise<void>;
}

const lockName = /^queue\.(\d+)\.lock$/;

/**
 * Keeps every other process out of `folder` while this one lives. Each process writes a lock of its own and then looks for
 * those of others, so two can never both get in; of two that start in the same instant both may be refused. The lock of a
 * process that died is taken away.
 * @throws {StoreInUse}
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const own = join(folder, `queue.${process.pid}.lock`);
  await removeDeadLocks(folder);
  await writeFile(own, await birthOf(process.pid), { flag: 'wx', mode: 0o600 }).catch((cause) => {
    throw cause.code === 'EEXIST' ? inUse(folder, process.pid) : cause;
  });

  const [other] = (await holders(folder)).filter((pid) => pid !== process.pid);
  if (other !== undefined) {
    await rm(own, { force: true });
    throw inUse(folder, other);
  }
  return { release: () => rm(own, { force: true }) };
}

async function removeDeadLocks(folder: string): Promise<void> {
  for (const pid of await holders(folder)) {
    const file = join(folder, `queue.${pid}.lock`);
    // A number is given to a new process some day; the moment of birth tells the two apart.
    if ((await processBirth(pid)) !== (await contentOf(file))) await rm(file, { force: true });
  }
}

async function holders(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => lockName.exec(name)?.[1] ?? []).map(Number);
}

async function contentOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

async function birthOf(pid: number): Promise<string> {
  return (await processBirth(pid)) ?? '';
}

function inUse(folder: string, pid: number): StoreInUse {
  return new StoreInUse(
    `Another Holdfast (process ${pid}) already uses the embedded queue in ${resolve(folder)}. ` +
      'Stop it first, or give both a server to share with queue.url.',
    pid,
  );
}
