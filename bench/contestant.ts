import { execa } from 'execa';

/** Somebody who does a piece of work. */
export interface Contestant {
  readonly name: string;
  /** What has to be installed, with the arguments that make it tell its version. */
  readonly needs?: readonly [program: string, ...version: string[]];
  /** Before the clock starts. */
  readonly prepare?: string;
  /** A script of bash that writes to `$OUT`. */
  readonly script: string;
  /** It tells its time itself: what it has to do first is not its work. */
  readonly tellsSeconds?: boolean;
}

/** A piece of work, and all who do it; Holdfast is the first. */
export interface Subject {
  readonly what: string;
  readonly contentInBytes: number;
  readonly contestants: readonly Contestant[];
  readonly env: Readonly<Record<string, string>>;
}

/** The version of each that is installed. Others are left out of the table. */
export async function versionsOf(contestants: readonly Contestant[]): Promise<Map<Contestant, string>> {
  const versions = new Map<Contestant, string>();
  for (const contestant of contestants) {
    const version = await versionOf(contestant);
    if (version !== undefined) versions.set(contestant, version);
  }
  return versions;
}

/** Empty for what comes with Holdfast. */
async function versionOf({ needs }: Contestant): Promise<string | undefined> {
  if (needs === undefined) return '';
  const [program, ...args] = needs;
  const { all = '', code } = await execa(program, args, { all: true, reject: false });
  return code === 'ENOENT' ? undefined : `${program} ${/\d+(\.\d+)+/.exec(all)?.[0] ?? ''}`;
}
