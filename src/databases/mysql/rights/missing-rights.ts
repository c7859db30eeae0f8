import { humanList } from '../../../domain/units.ts';
import { skips } from '../left-out.ts';
import { type MysqlOptions, whereIs } from '../options.ts';
import type { Survey, SurveyedTable } from '../survey.ts';
import { holds, holdsGlobally, type Place, patternOf, type Rights } from './rights.ts';

export interface Wanted {
  readonly options: MysqlOptions;
  readonly survey: Pick<Survey, 'server' | 'family' | 'tables'>;
  /** As the server calls the user: `shop@127.0.0.1`. */
  readonly account: string;
  /** The routines the user sees; one whose body it may not read is not `isReadable`. */
  readonly routines: readonly { readonly name: string; readonly isReadable: boolean }[];
}

/** A right that is missing: what stays hidden without it, and what to grant where. */
interface Missing {
  readonly hidden: string;
  readonly privilege: string;
  readonly place: Place;
}

/**
 * What keeps the user from seeing all that its dump takes, with the GRANT that cures it; `undefined` when nothing does. The
 * server lists only what one may see, so that rights are compared and not the list.
 */
export function missingRights(wanted: Wanted, rights: Rights): string | undefined {
  const missing = [
    ...tableRights(wanted, rights),
    ...databaseRights(wanted, rights),
    ...routineRights(wanted, rights),
  ];
  if (missing.length === 0) return undefined;

  const hidden = [...new Set(missing.map((right) => right.hidden))];
  const skippable = hidden.flatMap((kind) => (isSkippable(kind) ? [`--skip-${kind}`] : []));
  const orSkip =
    skippable.length > 0
      ? ` What is not wanted in the dump is left out by extraArguments: [${skippable.join(', ')}].`
      : '';
  return `A dump of mysql ${whereIs(wanted.options)} would lack ${humanList(hidden)}: the server hides from "${wanted.options.user}" what it has no right to. Say on the server: ${statements(missing, wanted, rights)}${orSkip}`;
}

function isSkippable(kind: string): boolean {
  return kind === 'triggers' || kind === 'routines' || kind === 'events';
}

function tableRights({ options, survey }: Wanted, rights: Rights): Missing[] {
  const { database, includeTables } = options;
  const isView = ({ type }: Pick<SurveyedTable, 'type'>) => type === 'VIEW';
  if (includeTables.length === 0) {
    const place = { database };
    return [
      ...lacking(rights, 'SELECT', place, 'tables'),
      ...(skips(options, 'triggers') ? [] : lacking(rights, 'TRIGGER', place, 'triggers')),
      ...(survey.tables.some(isView) ? lacking(rights, 'SHOW VIEW', place, 'views') : []),
    ];
  }
  return includeTables.flatMap((table) => {
    const place = { database, table };
    const view = survey.tables.some((surveyed) => surveyed.name === table && isView(surveyed));
    return [
      ...lacking(rights, 'SELECT', place, 'tables'),
      ...(view || skips(options, 'triggers') ? [] : lacking(rights, 'TRIGGER', place, 'triggers')),
      ...(view ? lacking(rights, 'SHOW VIEW', place, 'views') : []),
    ];
  });
}

function databaseRights({ options }: Wanted, rights: Rights): Missing[] {
  const place = { database: options.database };
  const locks = options.extraArguments.some((argument) => argument === '--lock-tables' || argument === '-l');
  return [
    ...(skips(options, 'events') ? [] : lacking(rights, 'EVENT', place, 'events')),
    ...(locks ? lacking(rights, 'LOCK TABLES', place, 'tables') : []),
  ];
}

/**
 * Who may run or make routines in a database sees their names, and the bodies of those it made; all bodies take a right of
 * their own. https://mariadb.com/kb/en/show-create-procedure/ https://dev.mysql.com/doc/refman/8.4/en/show-create-procedure.html
 */
function routineRights({ options, survey, routines }: Wanted, rights: Rights): Missing[] {
  if (skips(options, 'routines')) return [];
  const place = { database: options.database };
  const isListed = ['EXECUTE', 'CREATE ROUTINE', 'ALTER ROUTINE'].some((right) =>
    holds(rights, right, place),
  );
  if (isListed && routines.every(({ isReadable }) => isReadable)) return [];

  const [best = tableOfRoutines, ...others] = readingRoutines(survey, options.database);
  const isRead = [best, ...others].some((right) =>
    right.place.database === '*'
      ? holdsGlobally(rights, right.privilege)
      : holds(rights, right.privilege, right.place),
  );
  return isRead ? [] : [{ hidden: 'routines', ...best }];
}

const tableOfRoutines = { privilege: 'SELECT', place: { database: 'mysql', table: 'proc' } };

/** What shows the bodies of all routines, by server; the narrowest first. */
function readingRoutines({ server, family }: Wanted['survey'], database: string) {
  if (family === 'mariadb')
    return isSince(server, [11, 3, 0])
      ? [{ privilege: 'SHOW CREATE ROUTINE', place: { database } }, tableOfRoutines]
      : [tableOfRoutines];
  if (!isSince(server, [8, 0, 0])) return [tableOfRoutines];
  const select = { privilege: 'SELECT', place: { database: '*' } };
  return isSince(server, [8, 0, 20])
    ? [{ privilege: 'SHOW_ROUTINE', place: { database: '*' } }, select]
    : [select];
}

function isSince(server: string, since: readonly [number, number, number]): boolean {
  const [, ...found] = (/^(\d+)\.(\d+)\.(\d+)/.exec(server) ?? []).map(Number);
  const differing = since.findIndex((number, at) => found[at] !== number);
  return differing < 0 || (found[differing] ?? 0) > (since[differing] ?? 0);
}

function lacking(rights: Rights, privilege: string, place: Place, hidden: string): Missing[] {
  return holds(rights, privilege, place) ? [] : [{ hidden, privilege, place }];
}

/** One statement a place. */
function statements(missing: readonly Missing[], { account }: Wanted, rights: Rights): string {
  const privileges = new Map<string, Set<string>>();
  for (const { privilege, place } of missing) {
    const name = placeName(place, account, rights);
    privileges.set(name, (privileges.get(name) ?? new Set()).add(privilege));
  }
  return [...privileges]
    .map(([place, held]) => `GRANT ${[...held].join(', ')} ON ${place} TO ${accountName(account)};`)
    .join(' ');
}

/** In a grant on a whole database `_` and `%` are wildcards, unless a backslash stands before them. */
function placeName({ database, table }: Place, account: string, rights: Rights): string {
  if (database === '*') return '*.*';
  if (table !== undefined) return `${identifier(database)}.${identifier(table)}`;
  const exact = rights.isLiteral ? database : database.replace(/[\\%_]/g, '\\$&');
  return `${identifier(patternOf(rights, database, account) ?? exact)}.*`;
}

function accountName(account: string): string {
  const at = account.lastIndexOf('@');
  const [user, host] = at < 0 ? [account, '%'] : [account.slice(0, at), account.slice(at + 1)];
  return `${text(user)}@${text(host)}`;
}

function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function text(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
