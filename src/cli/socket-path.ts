import { join } from 'node:path';

/** Where `holdfast start` listens for other processes of the same user while it holds the embedded queue. */
export function socketPath({ folder }: { readonly folder: string }): string {
  return join(folder, 'console.sock');
}
