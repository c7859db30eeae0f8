import { readdir, readFile } from 'node:fs/promises';

/** A process as others on the machine may see it: proc_pid_cmdline(5), and what its own user sees besides: proc_pid_environ(5). */
export interface SeenProcess {
  readonly pid: number;
  readonly arguments: string;
  readonly environment: string;
}

/** All that a process has started and that still runs, and what that has started. */
export async function descendantsOf(pid: number): Promise<SeenProcess[]> {
  const children = await childrenOf(pid);
  const seen = (await Promise.all(children.map(lookAt))).filter((child) => child !== undefined);
  return [...seen, ...(await Promise.all(children.map(descendantsOf))).flat()];
}

/** proc_tid_children(5), of every thread. */
async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []); // It may have ended meanwhile.
  const lists = await Promise.all(threads.map((thread) => textOf(`/proc/${pid}/task/${thread}/children`)));
  return lists.flatMap((list) => (list ?? '').split(' ').filter(Boolean).map(Number));
}

/** `undefined` when it has ended meanwhile, or has just become another program. */
async function lookAt(pid: number): Promise<SeenProcess | undefined> {
  const words = await textOf(`/proc/${pid}/cmdline`);
  const environment = await textOf(`/proc/${pid}/environ`);
  if (words === undefined || environment === undefined) return undefined;
  if ((await textOf(`/proc/${pid}/cmdline`)) !== words) return undefined;
  return { pid, arguments: words.replaceAll('\0', ' '), environment };
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
