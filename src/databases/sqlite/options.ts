import { basename, extname } from 'node:path';
import { z } from 'zod';
import { strict } from '../../domain/strict.ts';
import { DumpName, dumpFileName } from '../file-name.ts';

export const SqliteOptions = strict({
  driver: z.literal('sqlite'),
  path: z
    .string()
    .regex(/^\//, 'A whole path is needed, beginning with "/".')
    .describe('The database file, as a whole path.'),
  name: DumpName.optional().describe(
    'What the dump is called in the archive. Left out: the file, without its ending.',
  ),
  busyTimeout: z
    .number()
    .positive()
    .default(10)
    .describe('How many seconds to wait while another program holds the database for itself.'),
});
export type SqliteOptions = z.infer<typeof SqliteOptions>;

/** What the database is called: as it is told, or as its file is. */
export function nameOf({ name, path }: SqliteOptions): string {
  return name ?? basename(path, extname(path));
}

export function fileNameOf(options: SqliteOptions): string {
  return dumpFileName('sqlite', nameOf(options), 'sqlite');
}
