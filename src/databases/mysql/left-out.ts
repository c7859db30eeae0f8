import type { MysqlOptions } from './options.ts';

/** Kinds of objects that stay out of a dump on request: `extraArguments: [--skip-triggers]`. */
export type Skippable = 'triggers' | 'routines' | 'events';

/** In the words of the configuration: `all`, `excludeTables: log; schemaOnlyTables: cache, sessions`. */
export function selectionOf({
  includeTables,
  excludeTables,
  schemaOnlyTables,
  extraArguments,
}: MysqlOptions): string {
  // What other arguments say is nobody's business: a condition on rows, the path of a key.
  const skipped = extraArguments.filter((argument) => /^--(skip-|ignore-table=)/.test(argument));
  const chosen = Object.entries({ includeTables, excludeTables, schemaOnlyTables, extraArguments: skipped });
  const words = chosen.filter(([, names]) => names.length > 0);
  return words.map(([option, names]) => `${option}: ${names.toSorted().join(', ')}`).join('; ') || 'all';
}

export function skips({ extraArguments }: Pick<MysqlOptions, 'extraArguments'>, kind: Skippable): boolean {
  return extraArguments.includes(`--skip-${kind}`);
}
