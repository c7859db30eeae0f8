import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { strict } from '../domain/strict.ts';

/** Written without `..` and slashes at the end, whatever the configuration has. */
const AbsolutePath = z
  .string()
  .refine((path) => isAbsolute(path) && !path.includes('\0'), 'Must be an absolute path, such as /srv/shop.')
  .overwrite((path) => resolve(path));

const noExceptions =
  'What is excluded is not taken back with "!". Name what is to stay under "include", by a path of its own.';

/** Which files of this machine go into a backup. */
export const FileSelection = strict({
  /**
   * Folders and single files. Of a folder its contents are taken, the folder itself is not listed.
   * An included path that is a link is followed: `/srv/shop/current` means what it points at.
   */
  include: z.array(AbsolutePath).describe('Absolute paths of folders and files to back up.'),
  /**
   * Globs of what is left out, with everything beneath it; `*` stays within one name, `**` crosses folders, dot names count.
   * `node_modules` and `*.log` (no slash): a name, at any depth. `/srv/shop/cache`: that path and what is beneath it.
   * `./cache` and `public/cache/*.tmp`: a path as it is named in the archive, or beneath an included folder.
   */
  exclude: z
    .array(
      z
        .string()
        .min(1)
        .refine((glob) => !glob.startsWith('!'), noExceptions),
    )
    .default([])
    .describe('Globs of what to leave out, such as node_modules or **/*.log.'),
  /**
   * Names in the archive are relative to this folder. Left out, and for whatever is not beneath it:
   * the absolute path without its leading slash.
   */
  relativeTo: AbsolutePath.optional().describe('The folder that names inside the archive are relative to.'),
  /** Back up what links point at, instead of the links. A link that leads back to a folder above it stays a link. */
  followLinks: z.boolean().default(false).describe('Back up what links point at, instead of the links.'),
  /** A file or folder that may not be read is left out with a warning, instead of failing the run. */
  ignoreUnreadable: z
    .boolean()
    .default(false)
    .describe('Leave out what may not be read, instead of failing the run.'),
});
export type FileSelection = z.infer<typeof FileSelection>;
