import { literal } from '../literal.ts';
import type { Grant } from './read-grant.ts';

/** What a user may do, by all the grants that are in force for it. */
export interface Rights {
  readonly grants: readonly Grant[];
  /** The server compares names of databases without regard to capitals. */
  readonly ignoresCase: boolean;
  /** `_` and `%` in the name of a database mean themselves: MySQL with `partial_revokes`. */
  readonly isLiteral: boolean;
}

/** `table` left out: on every table of the database, also on those that are made later. */
export interface Place {
  readonly database: string;
  readonly table?: string;
}

/** Whether a user holds `privilege` at `place`, by the rules of the server. https://mariadb.com/kb/en/grant/#privilege-levels */
export function holds(rights: Rights, privilege: string, { database, table }: Place): boolean {
  const named = { ...rights, database, privilege };
  return onAll(named) || onDatabase(named) || (table !== undefined && onTable(named, table));
}

/** Whether a user holds `privilege` on the whole server. */
export function holdsGlobally({ grants }: Rights, privilege: string): boolean {
  return grants.some((grant) => grant.database === '*' && !grant.isRevoke && includes(grant, privilege));
}

type Asked = Rights & { readonly database: string; readonly privilege: string };

function onAll({ privilege, ...rights }: Asked): boolean {
  const isRevoked = rights.grants.some(
    (grant) => grant.isRevoke && includes(grant, privilege) && matches(grant, rights),
  );
  return !isRevoked && holdsGlobally(rights, privilege);
}

function onDatabase({ privilege, ...rights }: Asked): boolean {
  return heeded(rights, rights.database).some((grant) => includes(grant, privilege));
}

/** The grants on a whole database: of several patterns that fit, the server heeds the most specific one alone, for each grantee. */
function heeded(rights: Rights, database: string): Grant[] {
  const fitting = rights.grants.filter(
    (grant) =>
      !grant.isRevoke &&
      grant.table === '*' &&
      grant.database !== '*' &&
      matches(grant, { ...rights, database }),
  );
  return fitting.filter(
    (grant) =>
      !fitting.some((other) => other.grantee === grant.grantee && specificity(other) > specificity(grant)),
  );
}

/** The pattern that gives `account` its rights on a database; one more beside it would take its place. */
export function patternOf(rights: Rights, database: string, account: string): string | undefined {
  const own = heeded(rights, database).find(
    ({ grantee }) => grantee.replaceAll(/[`'"]/g, '') === account.replaceAll(/[`'"]/g, ''),
  );
  return own?.database;
}

function onTable({ privilege, ...rights }: Asked, table: string): boolean {
  return rights.grants.some(
    (grant) =>
      grant.table !== '*' &&
      isAlike(grant.database, rights.database, rights) &&
      isAlike(grant.table, table, rights) &&
      includes(grant, privilege),
  );
}

function includes({ privileges }: Grant, privilege: string): boolean {
  return privileges.some((held) => held === privilege || held === 'ALL PRIVILEGES' || held === 'ALL');
}

function isAlike(one: string, other: string, { ignoresCase }: Rights): boolean {
  return ignoresCase ? one.toLowerCase() === other.toLowerCase() : one === other;
}

function matches(
  { database: pattern }: Grant,
  { database, ...rights }: Rights & { database: string },
): boolean {
  if (rights.isLiteral) return isAlike(pattern, database, rights);
  const source = pattern.replace(/\\?[\s\S]/g, (piece) => {
    if (piece === '%') return '[\\s\\S]*';
    if (piece === '_') return '[\\s\\S]';
    const plain = piece.length > 1 && !/^\\[%_\\]$/.test(piece) ? piece : piece.slice(-1);
    return literal(plain);
  });
  return new RegExp(`^${source}$`, rights.ignoresCase ? 'iu' : 'u').test(database);
}

/** The later its first wildcard, the more specific a pattern is. */
function specificity({ database }: Grant): number {
  const wildcard = /(?<!\\)[%_]/.exec(database);
  return wildcard === null ? Number.POSITIVE_INFINITY : wildcard.index;
}
