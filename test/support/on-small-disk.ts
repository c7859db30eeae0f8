import { execa } from 'execa';

/** A disk that only the script sees, and that goes with it. */
const mountAndRun =
  'mount -t tmpfs -o "size=$1,mode=0700" tmpfs "$2" && shift && exec node --import tsx "$2" "$1" "$3"';

interface Script {
  /** The file. */
  readonly script: string;
  /** Where the disk is mounted, and its first argument. */
  readonly path: string;
  /** Its second argument. */
  readonly more?: string;
  /** Of the disk. Default: 1 MiB. */
  readonly size?: '1m' | '60m';
}

/** Runs a script with a small disk of its own, and gives the JSON that it prints. */
export async function onSmallDisk({ script, path, more = '', size = '1m' }: Script): Promise<unknown> {
  const namespace = ['--map-root-user', '--mount', 'sh', '-c', mountAndRun, 'sh', size, path, script, more];
  const { stdout } = await execa('unshare', namespace).catch((cause: unknown) => {
    const needed =
      'Root, or a system that lets users make namespaces (sysctl kernel.unprivileged_userns_clone=1)';
    throw new Error(`${needed}, and the program unshare of util-linux, are needed to mount a small disk.`, {
      cause,
    });
  });
  return JSON.parse(stdout);
}
