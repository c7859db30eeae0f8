import { fewerObjects } from '../../../domain/fewer-objects.ts';
import { humanList } from '../../../domain/units.ts';
import type { Dump } from '../../dumper.ts';
import { makePrivateFolder } from '../../private-folder.ts';
import { streamOf } from '../../stream-of.ts';
import type { Choice } from '../choose-tables.ts';
import { contentFacts, packetNotes } from '../contents.ts';
import { doubts } from '../doubts.ts';
import { type MysqlOptions, whereIs } from '../options.ts';
import type { Task } from '../task.ts';
import { type Arguments, clientRuns, dumpsHistory } from './client-arguments.ts';
import type { ClientProgram } from './client-program.ts';
import { writeOptionFile } from './option-file.ts';
import { readPassing } from './read-passing.ts';
import { type Run, runClient } from './run-client.ts';
import { withoutSandboxLine } from './sandbox-line.ts';
import { withoutDatabaseName } from './without-database-name.ts';

/** A dump by `mariadb-dump` or `mysqldump`, whose output is the content: it waits for its reader, and nothing touches the disk. */
export function dumpWithClient(task: Task, client: ClientProgram, signal: AbortSignal): Dump {
  const { options, survey, choice, contents } = task;
  const warnings = [...doubts(task), ...lostHistory(choice, client)];
  const passing = readPassing();
  const runs = clientRuns(task, client);
  const { database } = options;
  const hasSequences = survey.tables.some(({ type }) => type === 'SEQUENCE');
  const run = { client, title: `mysql ${whereIs(options)}`, redact: withoutPassword(options), onRemark };

  function onRemark(words: string): void {
    const remarks = words.split('\n').filter((line) => !line.includes('Deprecated program name'));
    if (remarks.length > 0) warnings.push(`${client.name} said: ${remarks.join(' ')}`);
  }

  async function* watched(untilLeft: AbortSignal): AsyncGenerator<Buffer> {
    const dump = allRuns(options, run, runs, untilLeft);
    for await (const chunk of withoutDatabaseName(dump, { database, hasSequences })) {
      passing.see(chunk);
      yield chunk;
    }
    warnings.push(...lost(), ...packetNotes(passing.longestStatementInBytes(), survey));
  }

  function lost(): string[] {
    const fewer = fewerObjects(contents.objects, passing.objects());
    return fewer === undefined ? [] : [`The dump has ${fewer} fewer than the server listed before it began.`];
  }

  return {
    content: streamOf(watched, signal),
    facts: () => ({
      driver: 'mysql',
      program: `${client.name} ${client.version}`,
      server: survey.server,
      database,
      tables: tablesOf(choice, passing.rowsOf),
      ...contentFacts(options, contents, passing.objects(), passing.longestStatementInBytes()),
    }),
    warnings,
  };
}

async function* allRuns(
  options: MysqlOptions,
  run: Omit<Run, 'arguments'>,
  runs: readonly Arguments[],
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const folder = await makePrivateFolder();
  try {
    const file = await writeOptionFile(folder.path, options, run.client.family);
    for (const args of runs) {
      const command = { ...run, arguments: [`--defaults-file=${file}`, ...args] };
      yield* withoutSandboxLine(runClient(command, signal));
    }
  } finally {
    await folder.remove();
  }
}

function tablesOf({ whole, schemaOnly }: Choice, rowsOf: (table: string) => number | undefined) {
  const counted = whole
    .filter(({ type }) => type !== 'VIEW' && type !== 'SEQUENCE')
    .map(({ name }) => ({ name, rows: rowsOf(name) }))
    .map(({ name, rows }) => (rows === undefined ? { name } : { name, rows }));
  return [...counted, ...schemaOnly.map(({ name }) => ({ name, rows: 0 }))];
}

function lostHistory({ whole }: Choice, client: ClientProgram): string[] {
  const versioned = whole.filter(({ type }) => type === 'SYSTEM VERSIONED').map(({ name }) => name);
  if (versioned.length === 0 || dumpsHistory(client)) return [];
  return [`The history of ${humanList(versioned)} is not in the dump: it takes mariadb-dump 10.11 or newer.`];
}

function withoutPassword({ password }: MysqlOptions): (text: string) => string {
  // One so short would tear holes into plain words, and could be guessed anyway.
  return (text) => (password.length < 4 ? text : text.replaceAll(password, '•••'));
}
