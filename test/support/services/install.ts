import { access, constants, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import type { Recipe } from './service.ts';

/** The path of a program by its name. */
export type Programs = (name: string) => string;

/** `variable` only for servers, which may also run elsewhere. */
type Wanted = Pick<Recipe, 'programs' | 'package'> & Partial<Pick<Recipe, 'variable'>>;

/** Where each program of the recipe is; installs Debian's package when one is missing and this process may. */
export async function findOrInstall(wanted: Wanted): Promise<Programs> {
  const found = await find(wanted.programs);
  if (found !== undefined) return found;

  if (!(await mayInstall())) throw new Error(howToInstall(wanted));
  await install(wanted.package);
  const installed = await find(wanted.programs);
  if (installed === undefined) throw new Error(howToInstall(wanted));
  return installed;
}

async function find(programs: readonly string[]): Promise<Programs | undefined> {
  const paths = new Map<string, string>();
  for (const folder of (await foldersOfPrograms()).toReversed()) {
    for (const program of programs) {
      if (await isThere(join(folder, program))) paths.set(program, join(folder, program));
    }
  }
  if (paths.size < programs.length) return undefined;
  return (program) => paths.get(program) ?? program;
}

/** PATH, and where Debian puts servers: PostgreSQL is in a folder per version and not on the PATH. */
async function foldersOfPrograms(): Promise<string[]> {
  const root = '/usr/lib/postgresql';
  const versions = (await isThere(root)) ? await readdir(root) : [];
  const newestFirst = versions.toSorted((a, b) => Number(b) - Number(a));
  const onPath = (process.env.PATH ?? '').split(delimiter);
  return [...newestFirst.map((version) => join(root, version, 'bin')), ...onPath, '/usr/sbin', '/usr/bin'];
}

async function mayInstall(): Promise<boolean> {
  return process.getuid?.() === 0 && (await isThere('/usr/bin/apt-get'));
}

/** Several test files may want to install at once: `flock` lets them do it one after another. */
async function install(name: string): Promise<void> {
  await execa('flock', ['/tmp/holdfast-apt-get.lock', 'sh', '-c', installScript, 'sh', name], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
}

// A policy-rc.d that answers 101 keeps packages from starting their service: the tests start their own.
// https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
const installScript = `
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  printf '#!/bin/sh\\nexit 101\\n' > $policy && chmod +x $policy
  trap "rm -f $policy" EXIT
fi
get() { apt-get install -y --no-install-recommends $1; }
get "$1" || { apt-get update && get "$1"; }
`;

function howToInstall({ programs, package: name, variable }: Wanted): string {
  const elsewhere = variable === undefined ? '' : `, or give the address of a server in ${variable}`;
  return `The tests need ${programs.join(' and ')}. Run \`sudo apt-get install -y --no-install-recommends ${name}\`${elsewhere}.`;
}

async function isThere(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
