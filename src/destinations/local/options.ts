import { resolve } from 'node:path';
import { z } from 'zod';
import { strict } from '../../domain/strict.ts';

export const LocalOptions = strict({
  driver: z.literal('local'),
  path: z
    .string()
    .regex(/^\//, 'A whole path is needed, beginning with "/".')
    .describe('The folder that keeps the backups, as a whole path. A file selection must not contain it.'),
  createFolder: z
    .boolean()
    .default(true)
    .describe(
      'Make the folder when it is not there. Say false for a disk that has to be mounted: its absence is then an error, and nothing is written to the disk below.',
    ),
});
export type LocalOptions = z.infer<typeof LocalOptions>;

export function placeOf({ path }: LocalOptions): string {
  return resolve(path);
}
