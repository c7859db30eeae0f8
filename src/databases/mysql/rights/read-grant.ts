/** What one line of SHOW GRANTS gives on databases and tables, or, as a partial revoke of MySQL, takes away. */
export interface Grant {
  readonly isRevoke: boolean;
  /** `SELECT`, `SHOW VIEW`, … `ALL PRIVILEGES`; without those that hold for single columns. */
  readonly privileges: readonly string[];
  /** `*` for every database; with wildcards where `table` is `*`. */
  readonly database: string;
  /** `*` for every table. */
  readonly table: string;
  /** Who has it: the account, a role, PUBLIC. */
  readonly grantee: string;
}

/** `undefined` for a line about something else: a role, a routine, a proxy. Identifiers come in back-ticks, or quotes under ANSI_QUOTES. */
export function readGrant(line: string): Grant | undefined {
  const [verb = ''] = /^(?:GRANT|REVOKE) /.exec(line) ?? [];
  const privileges: string[] = [];
  const list = new RegExp(privilege, 'y');
  list.lastIndex = verb.length;
  for (let isLast = false; !isLast; ) {
    const [, name, columns, end] = list.exec(line) ?? [];
    if (name === undefined) return undefined;
    if (columns === undefined) privileges.push(name);
    isLast = end === ' ON ';
  }

  const [, database, table, grantee] = target.exec(line.slice(list.lastIndex)) ?? [];
  if (database === undefined || table === undefined || grantee === undefined) return undefined;
  return {
    isRevoke: verb === 'REVOKE ',
    privileges,
    database: unquoted(database),
    table: unquoted(table),
    grantee,
  };
}

const quotedName = '`(?:[^`]|``)*`|"(?:[^"]|"")*"';
const name = `\\*|${quotedName}`;
const privilege = `([A-Z][A-Z_ ]*?)(?: (\\((?:${quotedName}|[^()\`"])*\\)))?( ON |, ?)`;
const target = new RegExp(
  `^(?:TABLE )?(${name})\\.(${name}) (?:TO|FROM) (.+?)(?: IDENTIFIED | REQUIRE | WITH |$)`,
);

function unquoted(text: string): string {
  const quote = text[0];
  return quote === '`' || quote === '"' ? text.slice(1, -1).replaceAll(quote + quote, quote) : text;
}
