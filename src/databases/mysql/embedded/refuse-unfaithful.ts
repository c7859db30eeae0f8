import { z } from 'zod';
import { humanBytes, humanList } from '../../../domain/units.ts';
import { DatabaseError } from '../../dumper.ts';
import type { Choice } from '../choose-tables.ts';
import type { Session } from '../connect.ts';
import { whereIs } from '../options.ts';
import type { Task } from '../task.ts';
import type { Measure } from './measure.ts';

/** The package holds a dump in memory several times over: for 15 MiB of text it took 70 MiB, of binary values 220 MiB. */
const mostInBytes = 16 * 2 ** 20;
/** Until a statement is written, each byte of a binary value takes some fifty of memory. */
const longestRowInBytes = 2 ** 20;

/**
 * Looks for whatever the npm package mysqldump would lose, change or write so that no server can load it.
 * @throws {DatabaseError} that names it and says to install a client.
 */
export async function refuseUnfaithful(session: Session, task: Task): Promise<void> {
  const { options, choice } = task;
  const chosen = [...choice.whole, ...choice.schemaOnly].map(({ name }) => name);

  refuse(task, [
    ...oddNames('database', [options.database]),
    ...oddNames('table', chosen),
    ...oddTables(choice),
    ...(await oddColumns(session, options.database, new Set(chosen))),
    ...(await routinesAndEvents(session, options.database)),
    ...(await oddTriggers(session, options.database)),
    ...muchTooLarge(choice),
  ]);
}

/** @throws {DatabaseError} when there is more than the npm package mysqldump can hold in memory. */
export function refuseTooLarge(task: Task, measured: Measure): void {
  const longest = measured.longestRowInBytes;
  const tooLong = longest > longestRowInBytes ? [`a row of ${humanBytes(longest)}`] : [];
  refuse(task, [...tooLarge(measured.bytes), ...tooLong]);
}

function refuse({ options }: Task, problems: readonly string[]): void {
  if (problems.length === 0) return;

  const shown = problems.slice(0, 5);
  const more = problems.length > shown.length ? [`${problems.length - shown.length} more`] : [];
  throw new DatabaseError(
    `Without mariadb-dump or mysqldump on this machine mysql ${whereIs(options)} cannot be dumped faithfully, because of ${humanList([...shown, ...more])}. Install a client: apt-get install mariadb-client.`,
  );
}

/** By the server's estimate of its pages, so that a large database is refused without being read. */
function muchTooLarge({ whole }: Choice): string[] {
  const bytes = whole.reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0);
  return bytes > 4 * mostInBytes ? tooLarge(bytes) : [];
}

function tooLarge(bytes: number): string[] {
  return bytes > mostInBytes ? [`its size (${humanBytes(bytes)}, at most ${humanBytes(mostInBytes)})`] : [];
}

/** Names are not quoted everywhere, and some are looked up in plain JavaScript objects. */
function isOdd(name: string): boolean {
  return !/^[\p{L}\p{N}_.-][\p{L}\p{N}_. -]*$/u.test(name) || name in {};
}

function oddNames(kind: string, names: readonly string[]): string[] {
  return names.filter(isOdd).map((name) => `the ${kind} name "${name}"`);
}

function oddTables({ whole, schemaOnly }: Choice): string[] {
  return [...whole, ...schemaOnly]
    .filter(({ type }) => type !== 'BASE TABLE' && type !== 'VIEW')
    .map(({ name, type }) => `the ${type.toLowerCase()} ${name}`);
}

const Column = z.object({
  tableName: z.string(),
  name: z.string(),
  type: z.string(),
  extra: z.string(),
  generation: z.string().nullable(),
});
type Column = z.infer<typeof Column>;

async function oddColumns(
  session: Session,
  database: string,
  chosen: ReadonlySet<string>,
): Promise<string[]> {
  const columns = await session.rows(
    Column,
    `SELECT TABLE_NAME AS tableName, COLUMN_NAME AS name, DATA_TYPE AS type, EXTRA AS extra,
       GENERATION_EXPRESSION AS generation
     FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME, ORDINAL_POSITION`,
    [database],
  );
  const mine = columns.filter(({ tableName }) => chosen.has(tableName));
  return [
    ...mine.flatMap(oddColumn),
    ...oddNames(
      'column',
      mine.map(({ name }) => name),
    ),
  ];
}

/** As mysqldump/dist/cjs.js knows them; `geometry` and its kin lose their reference system, `json` of MySQL its accents. */
const carriedTypes = new Set(
  [
    'tinyint smallint mediumint int bigint decimal float double bit year date datetime timestamp time',
    'char varchar tinytext text mediumtext longtext enum set',
    'binary varbinary tinyblob blob mediumblob longblob',
  ].flatMap((types) => types.split(' ')),
);

function oddColumn({ tableName, name, type, extra, generation }: Column): string[] {
  if (generation) return [`the generated column ${tableName}.${name}`];
  if (/invisible/i.test(extra)) return [`the invisible column ${tableName}.${name}`];
  return carriedTypes.has(type.toLowerCase()) ? [] : [`the column ${tableName}.${name} of type ${type}`];
}

const Named = z.object({ kind: z.string(), name: z.string() });

async function routinesAndEvents(session: Session, database: string): Promise<string[]> {
  const found = await session.rows(
    Named,
    `SELECT ROUTINE_TYPE AS kind, ROUTINE_NAME AS name FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ?
     UNION ALL SELECT 'EVENT', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ?`,
    [database, database],
  );
  return found.map(({ kind, name }) => `the ${kind.toLowerCase()} ${name}`);
}

async function oddTriggers(session: Session, database: string): Promise<string[]> {
  const triggers = await session.rows(
    z.object({ name: z.string(), body: z.string(), place: z.coerce.number() }),
    `SELECT TRIGGER_NAME AS name, ACTION_STATEMENT AS body, ACTION_ORDER AS place
     FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ?`,
    [database],
  );
  // Two triggers of one moment would be put into alphabetical order, and ";;" ends a body too early.
  return triggers
    .filter(({ name, body, place }) => place > 1 || body.includes(';;') || isOdd(name))
    .map(({ name }) => `the trigger ${name}`);
}
