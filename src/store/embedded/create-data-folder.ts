import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { baselineOnly } from './v8-flags.ts';

/**
 * Makes PostgreSQL's data folder, if it is not there. Done by a child process, because `initdb` takes 700 MB for two
 * seconds and a process never gives such memory back. The folder appears when it is complete.
 */
export async function createDataFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;

  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script, pgliteUrl(), unfinished, ...baselineOnly],
    { env: {} }, // Ours may hold secrets, which it needs none of.
  );
  await chmod(unfinished, 0o700);
  await rename(unfinished, folder);
}

// Source text and not a file of its own: it runs the same from TypeScript, from compiled JavaScript and under a test runner.
const script = `
  const { setFlagsFromString } = await import('node:v8');
  const [, pglite, folder, ...flags] = process.argv;
  for (const flag of flags) setFlagsFromString(flag);
  const { PGlite } = await import(pglite);
  await (await PGlite.create({ dataDir: folder })).close();
`;

function pgliteUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('@electric-sql/pglite')).href;
}
