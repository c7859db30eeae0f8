import { readFile } from 'node:fs/promises';
import { findOrInstall } from './services/install.ts';

export interface Tracer {
  /** What to put before a command to have it watched, with all it starts. */
  readonly command: readonly string[];
  /** By path: how many bytes were written to each file that was opened for writing. Complete once the command has ended. */
  writes(): Promise<ReadonlyMap<string, number>>;
}

/** Sees every file a process and its children open for writing, however briefly, because the kernel stops them there. */
export async function traceWrites(log: string): Promise<Tracer> {
  const programs = await findOrInstall({ programs: ['strace'], package: 'strace' });
  const calls = 'open,openat,creat,write,writev,pwrite64,pwritev,pwritev2';
  const shown = ['-qq', '-s', '0', '-e', `trace=${calls}`, '-e', 'abbrev=none', '-e', 'signal=none'];
  return {
    command: [
      programs('strace'),
      '--follow-forks',
      '--decode-fds=path',
      '--seccomp-bpf',
      ...shown,
      '-o',
      log,
    ],
    writes: async () => filesIn(await readFile(log, 'utf8')),
  };
}

function filesIn(log: string): Map<string, number> {
  const files = new Map<string, number>();
  for (const line of log.split('\n')) {
    const path = openedIn(line) ?? writtenIn(line);
    if (path?.startsWith('/') && !path.startsWith('/dev/')) {
      files.set(path, (files.get(path) ?? 0) + bytesIn(line));
    }
  }
  return files;
}

/**
 * `openat(AT_FDCWD</srv>, "/tmp/x", O_WRONLY|O_CREAT, 0600) = 20</tmp/x>`: what was opened, where that is on the line, as the path may
 * lead through a descriptor. What is written to it says its path, too.
 */
function openedIn(line: string): string | undefined {
  const asked = /\b(?:open(?:at)?|creat)\((?:[^"]*, )?"([^"]*)", (?:.*O_(?:WRONLY|RDWR|CREAT)|0)/.exec(
    line,
  )?.[1];
  if (asked === undefined) return undefined;
  const opened = / = \d+<([^>]*)>$/.exec(line)?.[1];
  return opened ?? (asked.startsWith('/proc/') ? undefined : asked);
}

/** `write(20</tmp/x>, ""..., 65536) = 65536`; of a pipe it says `<pipe:[1]>` instead of a path. */
function writtenIn(line: string): string | undefined {
  return /\bp?write(?:64|v2?)?\(\d+<([^>]*)>/.exec(line)?.[1];
}

/** What was asked for, which is what gets written unless the disk is full: the answer may be on a later line. */
function bytesIn(line: string): number {
  if (writtenIn(line) === undefined) return 0;
  const vectors = [...line.matchAll(/iov_len=(\d+)/g)].map(([, length]) => Number(length));
  const single = /, ""\.*, (\d+)/.exec(line)?.[1];
  return vectors.reduce((total, length) => total + length, Number(single ?? 0));
}
