import { execa } from 'execa';

/** Ready to be spread into the options of a child process; empty when this process is not root. */
export type User =
  | { readonly uid: number; readonly gid: number }
  | { readonly uid?: never; readonly gid?: never };

/** Whom servers run as: `nobody` when this process is root, else ourselves. */
export async function unprivilegedUser(): Promise<User> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all([numberOf('-u'), numberOf('-g')]);
  return { uid, gid };
}

async function numberOf(flag: '-u' | '-g'): Promise<number> {
  const { stdout } = await execa('id', [flag, 'nobody']);
  return Number(stdout);
}
