import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseError } from '../../dumper.ts';
import type { Family } from '../survey.ts';
import { clientEnvironment } from './client-environment.ts';

/** A program that dumps, on this machine. */
export interface ClientProgram {
  readonly path: string;
  /** `mariadb-dump`, `mysqldump` */
  readonly name: string;
  /** `10.11.6` */
  readonly version: string;
  /** Whose it is: many a `mysqldump` is MariaDB's. */
  readonly family: Family;
}

/**
 * The client that fits a server of `family` best: its own family's before the other's, found in `binaryPath` or on the PATH.
 * @throws {DatabaseError} when a program is there and does not start.
 */
export async function findClient(
  family: Family,
  binaryPath: string | undefined,
): Promise<ClientProgram | undefined> {
  const programs = await Promise.all((await programPaths(binaryPath)).map(identify));
  return programs.find((program) => program.family === family) ?? programs[0];
}

/** Where {@link findClient} looks, for messages. */
export function lookedIn(binaryPath: string | undefined): string {
  return binaryPath === undefined ? 'on the PATH' : `in ${binaryPath}`;
}

async function programPaths(binaryPath: string | undefined): Promise<string[]> {
  if (binaryPath !== undefined && (await isProgram(binaryPath))) return [binaryPath];

  const folders = binaryPath === undefined ? (process.env.PATH ?? '').split(delimiter) : [binaryPath];
  const names = ['mariadb-dump', 'mysqldump'];
  const paths = names.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)));
  const there = await Promise.all(paths.map(isProgram));
  return paths.filter((_, i) => there[i]);
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function identify(path: string): Promise<ClientProgram> {
  const words = await versionWords(path);
  const family = /mariadb/i.test(words) ? 'mariadb' : 'mysql';
  return { path, name: basename(path), version: versionIn(words), family };
}

async function versionWords(path: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], {
      env: clientEnvironment(),
      timeout: 10_000,
    });
    return stdout;
  } catch (cause) {
    throw new DatabaseError(`The program ${path} does not start. Install it anew, or set "binaryPath".`, {
      cause,
    });
  }
}

/**
 * Out of `mariadb-dump  Ver 10.19 Distrib 10.11.6-MariaDB, for …`, `mariadb-dump from 11.4.2-MariaDB, client 10.19 for …`
 * and `mysqldump  Ver 8.0.45 for Linux on x86_64 (MySQL Community Server - GPL)`.
 */
function versionIn(words: string): string {
  const [, version] = /(?:Distrib|from) ([\d.]+)/.exec(words) ?? /Ver ([\d.]+)/.exec(words) ?? [];
  return version ?? 'of unknown version';
}
