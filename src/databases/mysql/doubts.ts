import { humanList } from '../../domain/units.ts';
import type { Task } from './task.ts';

/** What people should know about a dump whichever program makes it, in sentences. */
export function doubts({ survey, choice, contents }: Task): string[] {
  return [
    ...choice.warnings,
    ...contents.notes,
    ...notTransactional(choice.whole),
    ...rounded(survey, choice.whole),
  ];
}

function notTransactional(tables: Task['choice']['whole']): string[] {
  const moving = tables
    .filter(({ type, transactional }) => type !== 'VIEW' && type !== 'SEQUENCE' && transactional !== 'YES')
    .map(({ name, engine }) => `${name} (${engine ?? 'no engine'})`);
  if (moving.length === 0) return [];

  return [
    `Not transactional, so what was written to them during the dump may be there by half: ${humanList(moving)}. ALTER TABLE … ENGINE=InnoDB cures it.`,
  ];
}

/** https://dev.mysql.com/doc/refman/8.4/en/problems-with-float.html */
function rounded({ floats }: Task['survey'], tables: Task['choice']['whole']): string[] {
  const isDumped = new Set(tables.filter(({ type }) => type !== 'VIEW').map(({ name }) => name));
  const columns = floats
    .filter(({ table }) => isDumped.has(table))
    .map(({ table, column }) => `${table}.${column}`);
  if (columns.length === 0) return [];

  return [
    `The server gives FLOAT values out with six digits, so these may be rounded: ${humanList(columns)}. DOUBLE keeps all.`,
  ];
}
