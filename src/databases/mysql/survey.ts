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
  readonly settings: Settings;
}

/** How the server is set where that matters to a dump. */
export interface Settings {
  /** 0: names of databases and tables are compared with their capitals. */
  readonly lowerCaseTableNames: number;
  /** Whether MySQL may take a right on a database away from who has it on all. */
  readonly partialRevokes: boolean;
  /** The largest statement the server takes. */
  readonly maxAllowedPacketInBytes: number;
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
    settings: await readSettings(session),
  };
}

async function readSettings(session: Session): Promise<Settings> {
  const rows = await session.rows(
    z.object({ Variable_name: z.string(), Value: z.string() }),
    "SHOW VARIABLES WHERE Variable_name IN ('lower_case_table_names', 'partial_revokes', 'max_allowed_packet')",
  );
  const values = new Map(rows.map(({ Variable_name, Value }) => [Variable_name, Value]));
  return {
    lowerCaseTableNames: Number(values.get('lower_case_table_names') ?? 0),
    partialRevokes: values.get('partial_revokes') === 'ON',
    maxAllowedPacketInBytes: Number(values.get('max_allowed_packet') ?? defaultPacketInBytes),
  };
}

/** What both families take unless told otherwise. https://mariadb.com/kb/en/server-system-variables/#max_allowed_packet */
export const defaultPacketInBytes = 16 * 2 ** 20;

const listTables = `SELECT t.TABLE_NAME AS name, t.TABLE_TYPE AS type, t.ENGINE AS engine,
    e.TRANSACTIONS AS transactional, COALESCE(t.DATA_LENGTH, 0) AS sizeInBytes
  FROM information_schema.TABLES t LEFT JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE
  WHERE t.TABLE_SCHEMA = ? ORDER BY t.TABLE_NAME`;

const listFloats = `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\`
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND DATA_TYPE = 'float' ORDER BY TABLE_NAME, ORDINAL_POSITION`;

function familyOf(version: string): Family {
  return /mariadb/i.test(version) ? 'mariadb' : 'mysql';
}
