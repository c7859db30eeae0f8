import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** When a process began, in words of the system that only serve to be compared; `undefined` when there is no such process. */
export async function processBirth(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** Field 22, counted after the program's name, which may hold spaces and brackets. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function fromProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

async function fromPs(pid: number): Promise<string | undefined> {
  const env = { PATH: process.env.PATH }; // And no more, as ours may hold secrets.
  const listed = promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env });
  return listed.then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}
