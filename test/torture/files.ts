import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A few hundred small files, and some that take several parts of an upload. */
export async function makeFiles(folder: string): Promise<void> {
  for (let street = 0; street < 12; street++) {
    const path = join(folder, `street ${street}`);
    await mkdir(path, { recursive: true });
    for (let house = 0; house < 25; house++)
      await writeFile(join(path, `house ${house} ☕.txt`), `street ${street}, house ${house}\n`.repeat(40));
  }
  for (let photo = 0; photo < 6; photo++)
    await writeFile(join(folder, `photo ${photo}.jpg`), randomBytes(2 * 1024 * 1024));
}
