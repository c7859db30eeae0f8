import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder only this user can enter (0700), for what must not be seen while a dump runs. */
export interface PrivateFolder {
  readonly path: string;
  /** Removes it with all that is in it. */
  remove(): Promise<void>;
}

// Containers may share a temporary folder, where another's process has a number that is free here.
const ours = `holdfast-${hostname().replace(/[^\w.]/g, '_')}-`;

/** Also removes those of processes that died: what they hold may be a password, or a whole database. */
export async function makePrivateFolder(): Promise<PrivateFolder> {
  await removeAbandoned();
  const path = await mkdtemp(join(tmpdir(), `${ours}${process.pid}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = name.startsWith(ours) ? (/^(\d+)-/.exec(name.slice(ours.length)) ?? []) : [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    // One that cannot be removed is another user's, who removes it.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Whether there is such a process, whoever's it is. kill(2) */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
