import type { Dump } from '../../dumper.ts';
import { streamOf } from '../../stream-of.ts';
import type { Choice } from '../choose-tables.ts';
import { readPassing } from '../client/read-passing.ts';
import { connectionOptions } from '../connect.ts';
import { connectionError } from '../connection-error.ts';
import { contentFacts, packetNotes } from '../contents.ts';
import { doubts } from '../doubts.ts';
import type { MysqlOptions } from '../options.ts';
import type { Task } from '../task.ts';
import { type DumpedTable, libraryVersion, type Order, runLibrary } from './library.ts';
import { orderViews } from './order-views.ts';
import type { Preparation } from './prepare-embedded.ts';
import { inItsMode } from './trigger-modes.ts';

/** A dump by the npm package mysqldump, of a database that it can carry faithfully: small and plain. */
export function dumpEmbedded(task: Task, preparation: Preparation, signal: AbortSignal): Dump {
  const { options, survey, choice, contents } = task;
  const warnings = doubts(task);
  const passing = readPassing();
  const tables = [...choice.whole, ...choice.schemaOnly].filter(({ type }) => type !== 'VIEW');

  async function* watched(untilLeft: AbortSignal): AsyncGenerator<Buffer> {
    for await (const chunk of script(task, preparation, untilLeft)) {
      passing.see(chunk);
      yield chunk;
    }
    warnings.push(...packetNotes(passing.longestStatementInBytes(), survey));
  }

  return {
    content: streamOf(watched, signal),
    facts: () => ({
      driver: 'mysql',
      program: libraryVersion(),
      server: survey.server,
      database: options.database,
      tables: tables.map(({ name }) => ({ name })),
      // All that was listed is in it, or the dump has failed.
      ...contentFacts(options, contents, contents.objects, passing.longestStatementInBytes()),
    }),
    warnings,
  };
}

async function* script(
  { options, choice }: Task,
  preparation: Preparation,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const dumped = await dumpTables(options, orderOf(choice, preparation), signal);
  const views = orderViews(dumped.filter(({ isView }) => isView));
  const tables = dumped.filter(({ isView }) => !isView);

  yield text(`-- Database: ${options.database}, dumped by ${libraryVersion()}`, header);
  for (const { schema, data } of tables) yield text(schema, data);
  for (const { schema } of views) yield text(schema);
  for (const { triggers } of tables)
    yield text(...triggers.map((trigger) => inItsMode(trigger, preparation.triggerModes)));
  yield text(footer, '-- Dump completed');
}

async function dumpTables(
  options: MysqlOptions,
  order: Omit<Order, 'connection'>,
  signal: AbortSignal,
): Promise<DumpedTable[]> {
  // With no table named the package would take all.
  if (order.tables.length === 0) return [];
  try {
    return await runLibrary({ ...order, connection: await connectionOptions(options) }, signal);
  } catch (error) {
    throw signal.aborted ? signal.reason : connectionError(options, error);
  }
}

/** Statements stay short: until one is written a binary value takes fifty times its size in memory. */
function orderOf(
  { whole, schemaOnly }: Choice,
  { longestRowInBytes }: Preparation,
): Omit<Order, 'connection'> {
  return {
    tables: [...whole, ...schemaOnly].map(({ name }) => name),
    schemaOnly: schemaOnly.map(({ name }) => name),
    rowsPerInsert: Math.max(1, Math.min(500, Math.floor(2 ** 18 / Math.max(1, longestRowInBytes)))),
  };
}

/** What a session has to be like for a dump to be loaded as it was written; put back in {@link footer}. */
const header = `
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE, TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
`;

const footer = `
/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
`;

function text(...parts: readonly string[]): Buffer {
  return Buffer.from(
    parts
      .filter(Boolean)
      .map((part) => `${part}\n`)
      .join(''),
  );
}
