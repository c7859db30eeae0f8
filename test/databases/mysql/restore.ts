import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Login } from '../../support/services/mariadb.ts';

/** A login and the database it is meant for. */
export type Place = Login & { readonly database: string };

/** Feeds SQL to the `mariadb` program, as a person would who restores. It fails at the first statement that does. */
export async function load(place: Place, sql: Readable | Buffer | string): Promise<void> {
  const { host, port, user, password, database } = place;
  await execa(
    'mariadb',
    ['--no-defaults', `-h${host}`, `-P${port}`, `-u${user}`, '--default-character-set=utf8mb4', database],
    { env: { MYSQL_PWD: password }, input: sql },
  );
}

/** The server's checksum of every table, by name. https://mariadb.com/kb/en/checksum-table/ */
export async function checksums(place: Place): Promise<Record<string, unknown>> {
  return withConnection(place, async (ask) => {
    const tables = await ask(
      "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE <> 'VIEW' ORDER BY 1",
    );
    const sums: Record<string, unknown> = {};
    for (const { name } of tables) {
      const [row] = await ask(`CHECKSUM TABLE \`${name.replaceAll('`', '``')}\``);
      sums[name] = row?.Checksum;
    }
    return sums;
  });
}

/** Everything a database holds besides rows, down to the body of each routine. */
export async function objects(place: Place): Promise<string[]> {
  return withConnection(place, async (ask) => {
    const found = [];
    for (const sql of objectQueries) found.push(...(await ask(sql)));
    return found.map((row) => JSON.stringify(row).replaceAll(place.database, 'the database'));
  });
}

const objectQueries = [
  `SELECT TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_COLLATION, TABLE_COMMENT, CREATE_OPTIONS, AUTO_INCREMENT
   FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1`,
  `SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, COLUMN_DEFAULT, IS_NULLABLE, EXTRA, COLLATION_NAME, GENERATION_EXPRESSION
   FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1, ORDINAL_POSITION`,
  `SELECT TABLE_NAME, INDEX_NAME, COLUMN_NAME, SEQ_IN_INDEX, NON_UNIQUE, INDEX_TYPE
   FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1, 2, 4`,
  `SELECT CONSTRAINT_NAME, TABLE_NAME, REFERENCED_TABLE_NAME, DELETE_RULE, UPDATE_RULE
   FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE() ORDER BY 1`,
  `SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE
   FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE() ORDER BY 1, 2`,
  `SELECT TABLE_NAME, VIEW_DEFINITION, DEFINER, SECURITY_TYPE
   FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1`,
  `SELECT TRIGGER_NAME, EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER, ACTION_STATEMENT, SQL_MODE, DEFINER
   FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() ORDER BY 1`,
  `SELECT ROUTINE_NAME, ROUTINE_TYPE, DTD_IDENTIFIER, ROUTINE_DEFINITION, IS_DETERMINISTIC, SQL_MODE, DEFINER
   FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() ORDER BY 1`,
  `SELECT EVENT_NAME, EVENT_DEFINITION, INTERVAL_VALUE, INTERVAL_FIELD, STARTS, STATUS, DEFINER
   FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE() ORDER BY 1`,
];

type Ask = (sql: string) => Promise<RowDataPacket[]>;

async function withConnection<Result>(place: Place, work: (ask: Ask) => Promise<Result>): Promise<Result> {
  const connection = await createConnection({ ...place, supportBigNumbers: true, bigNumberStrings: true });
  try {
    return await work(async (sql) => (await connection.query<RowDataPacket[]>(sql))[0]);
  } finally {
    await connection.end();
  }
}
