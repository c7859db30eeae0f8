import { existsSync } from 'node:fs';

/*
 * A folder that was opened stays the one it was, whatever is put in its place: what is reached by way of its descriptor cannot lead
 * elsewhere. https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html
 */

// Not by the number of this process: in a container /proc may count otherwise.
const folder = '/proc/self/fd';
const hasDescriptors = existsSync(folder);

/** The path of what is open; nothing where a system has none. */
export function pathOfDescriptor(fd: number): string | undefined {
  return hasDescriptors ? `${folder}/${fd}` : undefined;
}
