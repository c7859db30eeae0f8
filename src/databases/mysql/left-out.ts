import type { MysqlOptions } from './options.ts';

/** Kinds of objects that stay out of a dump on request: `extraArguments: [--skip-triggers]`. */
export type Skippable = 'triggers' | 'routines' | 'events';

export function skips({ extraArguments }: Pick<MysqlOptions, 'extraArguments'>, kind: Skippable): boolean {
  return extraArguments.includes(`--skip-${kind}`);
}
