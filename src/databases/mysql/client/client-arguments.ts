import type { Choice } from '../choose-tables.ts';
import type { MysqlOptions } from '../options.ts';
import type { ClientProgram } from './client-program.ts';

/** The arguments of one run of the client, but for the option file, which goes first. */
export type Arguments = readonly string[];

/**
 * The runs that make one dump, in order: tables without rows first, because views of the second run may look at them.
 * Only MariaDB's newer clients can do both in one run.
 */
export function clientRuns(options: MysqlOptions, client: ClientProgram, choice: Choice): Arguments[] {
  const common = [...alwaysGiven, ...familyArguments(client), ...options.extraArguments];
  const names = choice.schemaOnly.map(({ name }) => name);
  const everything = [
    ...common,
    ...['--routines', '--events'],
    ...historyArguments(client, choice),
    ...whatToLeaveOut(options, choice),
  ];
  const whole = options.includeTables.length > 0 ? choice.whole.map(({ name }) => name) : [];

  const runs = [];
  if (names.length > 0) runs.push([...common, '--no-data', '--', options.database, ...names]);
  // With no table named the client would take all.
  if (options.includeTables.length === 0 || whole.length > 0)
    runs.push([...everything, '--', options.database, ...whole]);
  return runs;
}

const alwaysGiven = [
  '--single-transaction',
  '--quick',
  '--triggers',
  '--hex-blob',
  '--default-character-set=utf8mb4',
  // Else MySQL 8.0.21 and newer ask for the PROCESS privilege: https://dev.mysql.com/doc/relnotes/mysql/8.0/en/news-8-0-21.html
  '--no-tablespaces',
];

function familyArguments({ family, version }: ClientProgram): Arguments {
  if (family === 'mariadb') return [];
  // Statistics are asked of tables only MySQL 8 has, and not needed: https://bugs.mysql.com/bug.php?id=89825
  const isSince8 = Number.parseInt(version, 10) >= 8;
  return ['--set-gtid-purged=OFF', ...(isSince8 ? ['--column-statistics=0'] : [])];
}

/** What tables WITH SYSTEM VERSIONING used to hold goes in with them, since MariaDB 10.11. */
function historyArguments(client: ClientProgram, { whole }: Choice): Arguments {
  const hasHistory = whole.some(({ type }) => type === 'SYSTEM VERSIONED');
  return hasHistory && dumpsHistory(client) ? ['--dump-history'] : [];
}

/** https://mariadb.com/kb/en/mariadb-dump/#options */
export function dumpsHistory({ family, version }: ClientProgram): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return family === 'mariadb' && (major > 10 || (major === 10 && minor >= 11));
}

function whatToLeaveOut({ database }: MysqlOptions, { excluded, schemaOnly }: Choice): Arguments {
  return [...excluded, ...schemaOnly].map(({ name }) => `--ignore-table=${database}.${name}`);
}
