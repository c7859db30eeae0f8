import { cpus, release, totalmem } from 'node:os';
import { execa } from 'execa';
import { DateTime } from 'luxon';
import { toInstant } from '../src/domain/instant.ts';

/** When and where it was measured, and with what. */
export async function machine() {
  const [zip, dump] = await Promise.all([
    firstMatch('zip', /Zip ([\d.]+)/),
    firstMatch('mariadb-dump', /(?:Distrib |from )([\d.]+)/),
  ]);
  return {
    at: toInstant(DateTime.utc()),
    machine: `${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB of memory, Linux ${release()}`,
    versions: { node: process.versions.node, zip, 'mariadb-dump': dump },
  };
}

async function firstMatch(program: string, version: RegExp): Promise<string> {
  const { stdout } = await execa(program, ['--version']);
  return version.exec(stdout)?.[1] ?? 'unknown';
}
