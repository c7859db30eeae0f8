import type { Choice } from '../choose-tables.ts';
import type { MysqlOptions } from '../options.ts';
import type { Survey, SurveyedTable } from '../survey.ts';
import type { Task } from '../task.ts';
import type { ClientProgram } from './client-program.ts';

/** The arguments of one run of the client, but for the option file, which goes first. */
export type Arguments = readonly string[];

/**
 * The runs that make one dump, in order: sequences first, because tables take values from them, then tables without rows, because
 * views of the last run may look at them. Only MariaDB's newer clients can do all in one run.
 */
export function clientRuns(
  { options, survey, choice }: Omit<Task, 'contents'>,
  client: ClientProgram,
): Arguments[] {
  const common = [...alwaysGiven, ...familyArguments(client), ...packetArguments(survey)];
  const sequences = namesOf([...choice.whole, ...choice.schemaOnly].filter(isSequence));
  const empty = namesOf(choice.schemaOnly.filter((table) => !isSequence(table)));
  const whole = namesOf(choice.whole.filter((table) => !isSequence(table)));
  const isOfAll = options.includeTables.length === 0;

  const runs: { arguments: Arguments; names: readonly string[] }[] = [];
  if (sequences.length > 0) runs.push({ arguments: [], names: sequences });
  if (empty.length > 0) runs.push({ arguments: ['--no-data'], names: empty });
  const rest = [...historyArguments(client, choice), ...whatToLeaveOut(options, choice)];
  // With no table named the client would take all.
  if (isOfAll || whole.length > 0) runs.push({ arguments: rest, names: isOfAll ? [] : whole });

  return runs.map(({ arguments: own, names }, at) => [
    ...common,
    ...(at === runs.length - 1
      ? [...ofDatabase, ...options.extraArguments]
      : [...options.extraArguments, ...notOfDatabase]),
    ...own,
    ...['--', options.database, ...names],
  ]);
}

/** What belongs to no table goes in once; `extraArguments` may leave it out. */
const ofDatabase = ['--routines', '--events'];
const notOfDatabase = ['--skip-routines', '--skip-events'];

function isSequence({ type }: SurveyedTable): boolean {
  return type === 'SEQUENCE';
}

function namesOf(tables: readonly SurveyedTable[]): string[] {
  return tables.map(({ name }) => name);
}

const alwaysGiven = [
  '--single-transaction',
  '--quick',
  '--triggers',
  '--hex-blob',
  '--default-character-set=utf8mb4',
  // Else MySQL 8.0.21 and newer ask for the PROCESS privilege: https://dev.mysql.com/doc/relnotes/mysql/8.0/en/news-8-0-21.html
  '--no-tablespaces',
  // A table that is locked alone cannot be filled when it takes values from a sequence; and who loads needs one right less.
  '--skip-add-locks',
  // As much as any server sends: https://mariadb.com/kb/en/server-system-variables/#max_allowed_packet
  '--max-allowed-packet=1G',
];

/** The client writes statements of a megabyte, unless a row is longer; a server that takes less could not load its own dump. */
function packetArguments({ settings }: Survey): Arguments {
  const { maxAllowedPacketInBytes } = settings;
  if (maxAllowedPacketInBytes >= 2 ** 21) return [];
  return [`--net-buffer-length=${Math.max(4096, Math.floor(maxAllowedPacketInBytes / 2))}`];
}

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

function whatToLeaveOut({ database }: MysqlOptions, { whole, excluded, schemaOnly }: Choice): Arguments {
  const elsewhere = [...excluded, ...schemaOnly, ...whole.filter(isSequence)];
  return elsewhere.map(({ name }) => `--ignore-table=${database}.${name}`);
}
