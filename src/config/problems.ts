import { basename } from 'node:path';

/** `['apps', 'shop', 'databases', 0, 'host']` */
export type Path = readonly (string | number)[];

/** One thing that is wrong with the configuration. */
export interface Problem {
  readonly path: Path;
  /** A sentence, with what to do. */
  readonly message: string;
  /** Counted from 1, where it is known. */
  readonly line?: number;
}

/** Everything that is wrong with a configuration, one sentence a line: `holdfast.yml:7: apps.shop.files: …` */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[], options?: ErrorOptions) {
    const inOrder = problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    super(inOrder.map((problem) => lineFor(basename(file), problem)).join('\n'), options);
    this.problems = inOrder;
  }
}

/** `apps.shop.databases[0].host`; a name with a dot in it is quoted: `apps["shop.nl"].files`. */
export function pathName(path: Path): string {
  return path.map(step).join('').replace(/^\./, '');
}

function step(part: string | number): string {
  if (typeof part === 'number') return `[${part}]`;
  return /^[\w-]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
}

function lineFor(file: string, { path, message, line }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return [place, pathName(path), message].filter((part) => part !== '').join(': ');
}
