import { z } from 'zod';
import type { DatabaseObjects, DumpFacts } from '../../domain/manifest.ts';
import { humanBytes, humanList } from '../../domain/units.ts';
import type { Choice } from './choose-tables.ts';
import type { Session } from './connect.ts';
import { overLeftOut, readDefinitions, tiedToName } from './definitions.ts';
import { selectionOf } from './left-out.ts';
import type { MysqlOptions } from './options.ts';
import { defaultPacketInBytes, type Survey } from './survey.ts';

/** What a dump is going to have beside rows, as the server lists it. */
export interface Contents {
  readonly objects: DatabaseObjects;
  readonly tiedToName: readonly string[];
  readonly definers: readonly string[];
  readonly collation?: string;
  /** What to know before it is loaded, in sentences. */
  readonly notes: readonly string[];
}

export async function readContents(
  session: Session,
  options: MysqlOptions,
  { tables }: Survey,
  choice: Choice,
): Promise<Contents> {
  const definitions = await readDefinitions(session, options, choice);
  const known = tables.map(({ name }) => name);
  const [schema] = await session.rows(z.object({ collation: z.string() }), readCollation, [options.database]);
  const tied = tiedToName(definitions, options.database, known);
  return {
    objects: countObjects(choice, definitions),
    tiedToName: tied,
    definers: [...new Set(definitions.map(({ definer }) => definer))].toSorted(),
    ...schema,
    notes: [...tiedNote(tied, options), ...overLeftOut(definitions, choice)],
  };
}

const readCollation =
  'SELECT DEFAULT_COLLATION_NAME AS collation FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?';

/** What a manifest says of them. */
export function contentFacts(
  options: MysqlOptions,
  { tiedToName: tied, definers, collation }: Contents,
  objects: DatabaseObjects,
  longestStatementInBytes: number,
): Pick<
  DumpFacts,
  'selection' | 'collation' | 'objects' | 'longestStatementInBytes' | 'tiedToName' | 'definers'
> {
  return {
    selection: selectionOf(options),
    ...(collation !== undefined && { collation }),
    objects,
    longestStatementInBytes,
    tiedToName: [...tied],
    definers: [...definers],
  };
}

function countObjects(
  { whole, schemaOnly }: Choice,
  definitions: readonly { readonly kind: string }[],
): DatabaseObjects {
  const types = [...whole, ...schemaOnly].map(({ type }) => type);
  const typed = (wanted: string) => types.filter((type) => type === wanted).length;
  const kinds = definitions.map(({ kind }) => kind);
  const defined = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
  const views = typed('VIEW');
  const sequences = typed('SEQUENCE');
  const triggers = defined('trigger');
  const events = defined('event');
  return {
    tables: types.length - views - sequences,
    views,
    sequences,
    routines: definitions.length - defined('view') - triggers - events,
    triggers,
    events,
  };
}

function tiedNote(tied: readonly string[], { database }: MysqlOptions): string[] {
  if (tied.length === 0) return [];
  return [
    `These name the database ${database} themselves: ${humanList(tied)}. Loaded under another name they still use, and may change, ${database}: load the dump under its own name, on another server if ${database} is still in use.`,
  ];
}

/** The server has no larger limit. https://mariadb.com/kb/en/server-system-variables/#max_allowed_packet */
const largestPacketInBytes = 2 ** 30;
/** What a packet has beside its statement. */
const roomInBytes = 1024;

/** What it takes to load a statement that is too long for the usual limits, in sentences. */
export function packetNotes(longestInBytes: number, { family, settings }: Survey): string[] {
  const { maxAllowedPacketInBytes } = settings;
  const needed = longestInBytes + roomInBytes;
  if (needed <= Math.min(defaultPacketInBytes, maxAllowedPacketInBytes)) return [];
  const long = `The longest statement of the dump has ${humanBytes(longestInBytes)}`;
  if (needed > largestPacketInBytes)
    return [`${long}, and no server takes one of more than 1 GiB: its row cannot be loaded as it is.`];

  const server =
    needed > maxAllowedPacketInBytes
      ? `, once the server takes it, too (now ${humanBytes(maxAllowedPacketInBytes)}): SET GLOBAL max_allowed_packet = ${largestPacketInBytes};`
      : '.';
  return [
    `${long}. It is loaded with ${family === 'mysql' ? 'mysql' : 'mariadb'} --max-allowed-packet=1G${server}`,
  ];
}
