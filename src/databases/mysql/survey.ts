import { z } from 'zod';
import { DatabaseError } from '../dumper.ts';
import type { Session } from './connect.ts';

/** What a look at a database finds before it is dumped. */
export interface Survey {
  /** The server's own words for its version: `10.11.6-MariaDB-0+deb12u1`. */
  readonly server: string;
  readonly family: Family;
  readonly tables: readonly SurveyedTable[];
  /** Columns of type FLOAT. */
  readonly floats: readonly { readonly table: string; readonly column: string }[];
}

/** The two have grown apart: their clients take different options. */
export type Family = 'mariadb' | 'mysql';

export type SurveyedTable = z.infer<typeof SurveyedTable>;
const SurveyedTable = z.object({
  name: z.string(),
  /** `BASE TABLE`, `VIEW`, `SEQUENCE`, `SYSTEM VERSIONED`, … */
  type: z.string(),
  engine: z.string().nullable(),
  /** Whether the engine sees one moment of the table while others write. `null` for views. */
  transactional: z.enum(['YES', 'NO']).nullable(),
  /** As the server estimates it. */
  sizeInBytes: z.coerce.number(),
});

/** @throws {DatabaseError} */
export async function survey(session: Session, database: string): Promise<Survey> {
  const [about] = await session.rows(z.object({ version: z.string() }), 'SELECT VERSION() AS version');
  if (about === undefined) throw new DatabaseError('The server does not say which version it is.');
  return {
    server: about.version,
    family: familyOf(about.version),
    tables: await session.rows(SurveyedTable, listTables, [database]),
    floats: await session.rows(z.object({ table: z.string(), column: z.string() }), listFloats, [database]),
  };
}

const listTables = `SELECT t.TABLE_NAME AS name, t.TABLE_TYPE AS type, t.ENGINE AS engine,
    e.TRANSACTIONS AS transactional, COALESCE(t.DATA_LENGTH, 0) AS sizeInBytes
  FROM information_schema.TABLES t LEFT JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE
  WHERE t.TABLE_SCHEMA = ? ORDER BY t.TABLE_NAME`;

const listFloats = `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\`
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND DATA_TYPE = 'float' ORDER BY TABLE_NAME, ORDINAL_POSITION`;

function familyOf(version: string): Family {
  return /mariadb/i.test(version) ? 'mariadb' : 'mysql';
}
