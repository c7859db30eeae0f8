import { readdir, readFile } from 'node:fs/promises';

/** Kills the dump programs that these processes have running now; false when there is none. */
export async function killDumpersOf(parents: readonly number[]): Promise<boolean> {
  const dumpers = await dumpersOf(parents);
  for (const pid of dumpers) killIfThere(pid);
  return dumpers.length > 0;
}

async function dumpersOf(parents: readonly number[]): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const found = await Promise.all(pids.map(async (pid) => ({ pid, ...(await statusOf(pid)) })));
  return found
    .filter(({ parent, name }) => parents.includes(parent) && /dump/.test(name))
    .map(({ pid }) => pid);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown; // It has ended in this moment.
  }
}

async function statusOf(pid: number): Promise<{ parent: number; name: string }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''); // It may have ended meanwhile.
  return {
    parent: Number(/^PPid:\t(\d+)/m.exec(status)?.[1]),
    name: /^Name:\t(.*)/m.exec(status)?.[1] ?? '',
  };
}
