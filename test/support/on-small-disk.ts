import { execa } from 'execa';

/** A disk of 1 MiB that only the script sees, and that goes with it. */
const mountAndRun = 'mount -t tmpfs -o size=1m,mode=0700 tmpfs "$1" && exec node --import tsx "$2" "$1" "$3"';

/** Runs a script with a disk of 1 MiB mounted at `path`, which is its first argument, and gives the JSON that it prints. */
export async function onADiskOf1MiB(path: string, script: string, more = ''): Promise<unknown> {
  const namespace = ['--map-root-user', '--mount', 'sh', '-c', mountAndRun, 'sh', path, script, more];
  const { stdout } = await execa('unshare', namespace).catch((cause: unknown) => {
    const needed =
      'Root, or a system that lets users make namespaces (sysctl kernel.unprivileged_userns_clone=1)';
    throw new Error(`${needed}, and the program unshare of util-linux, are needed to mount a small disk.`, {
      cause,
    });
  });
  return JSON.parse(stdout);
}
