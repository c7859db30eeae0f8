import { DatabaseError } from '../dumper.ts';
import { mostFindings, type SqliteFile } from './sqlite-file.ts';

/** A copy that was looked through. */
export interface CheckedCopy {
  /** Without `rows` where they cannot be counted without what only the application has. */
  readonly tables: { name: string; rows?: number }[];
  /** What is odd about the database itself, and comes back as it is. */
  readonly warnings: string[];
}

/**
 * Looks through the copy of the database at `path`. Rows that break what the application asks of them, and what needs a collation,
 * a function or a module of the application, are warnings: the pages are all there.
 * @throws {DatabaseError} when it is damaged.
 */
export async function checkCopy(copy: SqliteFile, path: string): Promise<CheckedCopy> {
  const names = await copy.tables();
  const { found, unknown, isCut } = await findingsIn(
    copy,
    names.map(({ name }) => name),
  );
  const damage = found.find((sentence) => !isAboutRows(sentence));
  if (damage !== undefined)
    throw new DatabaseError(
      `The SQLite database ${path} is damaged (${damage}). Repair it or restore an older backup.`,
    );

  const tables: { name: string; rows?: number }[] = [];
  for (const { name, isVirtual } of names) {
    if (isVirtual || unknown.has(name)) tables.push({ name });
    else tables.push({ name, rows: await copy.countRows(name) });
  }
  return { tables, warnings: [...rowsWarning(path, found, isCut), ...unknownWarning(path, unknown)] };
}

interface Findings {
  readonly found: string[];
  /** Tables that need what SQLite does not know, and what that is. */
  readonly unknown: Map<string, string>;
  /** There is more, which was not looked at. */
  readonly isCut: boolean;
}

/** All at once, or where that needs what SQLite does not know, table by table. */
async function findingsIn(copy: SqliteFile, tables: readonly string[]): Promise<Findings> {
  const unknown = new Map<string, string>();
  const whole = await unlessUnknown(() => lookThrough(copy));
  if (typeof whole !== 'string') return { ...whole, unknown };

  const parts: Looked[] = [];
  for (const table of tables) {
    const part = await unlessUnknown(() => lookThrough(copy, table));
    if (typeof part === 'string') unknown.set(table, part);
    else parts.push(part);
  }
  return { found: parts.flatMap(({ found }) => found), isCut: parts.some(({ isCut }) => isCut), unknown };
}

type Looked = Pick<Findings, 'found' | 'isCut'>;

/** SQLite ends at a number of findings, and rows that break a CHECK must not keep it from damage. */
async function lookThrough(copy: SqliteFile, table?: string): Promise<Looked> {
  const found = await copy.findings(table);
  if (found.length < mostFindings) return { found, isCut: false };
  await copy.overlookChecks();
  const more = await copy.findings(table);
  return { found: [...found, ...more], isCut: more.length >= mostFindings };
}

/** What SQLite says it does not know, instead. */
async function unlessUnknown<Result>(ask: () => Promise<Result>): Promise<Result | string> {
  try {
    return await ask();
  } catch (error) {
    if (
      error instanceof Error &&
      /no such (collation sequence|function|module|tokenizer)|unknown (function|tokenizer)/.test(
        error.message,
      )
    )
      return error.message;
    throw error;
  }
}

/** Sentences of `integrity_check` about what rows hold, where all of the file is sound. https://sqlite.org/pragma.html#pragma_integrity_check */
function isAboutRows(sentence: string): boolean {
  return /^(CHECK constraint failed in |NULL value in |non-\w+ value in |NUMERIC value in |TEXT value in )/.test(
    sentence,
  );
}

function rowsWarning(path: string, found: readonly string[], isCut: boolean): string[] {
  if (found.length === 0) return [];
  const which = [...new Set(found)].slice(0, 5).join('; ');
  return [
    `${path} has rows that break the rules of its own tables (${which}). The copy has them as they are.${isCut ? ' There are so many that it was not checked to its end.' : ''}`,
  ];
}

function unknownWarning(path: string, unknown: ReadonlyMap<string, string>): string[] {
  if (unknown.size === 0) return [];
  const tables = [...unknown.keys()].slice(0, 5).join(', ');
  const [why] = unknown.values();
  return [
    `Not checked of ${path}: ${tables}. They need what only the application has (${why}). The copy has their pages as they are.`,
  ];
}
