import { z } from 'zod';
import type { Session } from './connect.ts';
import type { Survey } from './survey.ts';

/** What of a database stands on what else of it. */
export interface References {
  /** A view, or a table by the default of a column, and a table, view or sequence that it reads. */
  readonly reads: readonly { readonly from: string; readonly name: string }[];
  /** A table, and one its rows refer to. */
  readonly foreignKeys: readonly { readonly table: string; readonly parent: string }[];
}

export async function readReferences(
  session: Session,
  database: string,
  { family }: Pick<Survey, 'family'>,
): Promise<References> {
  const views = await session.rows(Definition, listViews, [database]);
  // MySQL has no sequences, and gives the text of a default without its quotes.
  const defaults = family === 'mariadb' ? await session.rows(Definition, listDefaults, [database]) : [];
  return {
    reads: [...views, ...defaults].flatMap(({ name: from, definition }) =>
      namesIn(definition, database).map((name) => ({ from, name })),
    ),
    foreignKeys: await session.rows(z.object({ table: z.string(), parent: z.string() }), listForeignKeys, [
      database,
      database,
    ]),
  };
}

const Definition = z.object({ name: z.string(), definition: z.string() });

const listViews = `SELECT TABLE_NAME AS name, VIEW_DEFINITION AS definition
  FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME`;

const listDefaults = `SELECT TABLE_NAME AS name, COLUMN_DEFAULT AS definition
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND COLUMN_DEFAULT LIKE '%val(%' ORDER BY TABLE_NAME`;

const listForeignKeys = `SELECT DISTINCT TABLE_NAME AS \`table\`, REFERENCED_TABLE_NAME AS parent
  FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = ? AND REFERENCED_TABLE_SCHEMA = ? ORDER BY 1, 2`;

/**
 * What the server's own text of a view or default names of `database`: there each name of a table stands behind that of its
 * database. Strings are passed over.
 */
export function namesIn(definition: string, database: string): string[] {
  const names = [...definition.matchAll(stringsAndNames)].flatMap(([, first, second]) =>
    first?.replaceAll('``', '`') === database && second !== undefined ? [second.replaceAll('``', '`')] : [],
  );
  return [...new Set(names)];
}

const stringsAndNames = /'(?:[^'\\]|\\[\s\S]|'')*'|`((?:[^`]|``)*)`(?:\.`((?:[^`]|``)*)`)?/g;
