import type { DatabaseObjects } from '../../../domain/manifest.ts';

/** Reads a dump that passes by. */
export interface PassingDump {
  see(chunk: Buffer): void;
  /** The rows of `table`; `undefined` when the client did not write it one row a line, as MySQL's never does. */
  rowsOf(table: string): number | undefined;
  /** What it makes where it is loaded. */
  objects(): DatabaseObjects;
  longestStatementInBytes(): number;
}

const newline = 0x0a;
const openingBracket = 0x28;
/** What is looked at of a line that is no row; enough for the longest name, 64 characters of 4 bytes. */
const lineStartInBytes = 320;

/**
 * MariaDB's client writes "INSERT INTO `table` VALUES" on a line of its own and then each row on one line that begins with
 * a bracket; a line break in a value is written as `\n`. So a row costs one search for the next line break: 1.8 GiB/s were
 * measured with rows of 126 bytes, a fiftieth of the time mariadb-dump takes to write them.
 */
export function readPassing(): PassingDump {
  const lines = readLines();
  let rest: Buffer = Buffer.alloc(0);
  let isInLine = false;
  let seen = 0;

  return {
    see(chunk) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      const before = seen - rest.length;
      seen += chunk.length;
      rest = Buffer.alloc(0);
      let at = isInLine ? endOfLine(bytes, 0) : 0;

      while (at < bytes.length) {
        const end = endOfLine(bytes, at);
        const isCutOff = end === Number.POSITIVE_INFINITY && bytes.length - at < lineStartInBytes;
        // Copied, so that the whole chunk is not kept.
        if (isCutOff) rest = Buffer.from(bytes.subarray(at));
        else if (bytes[at] === openingBracket && lines.isInTable()) lines.addRow();
        else lines.read(bytes.toString('utf8', at, Math.min(end, at + lineStartInBytes)), before + at);
        at = isCutOff ? bytes.length : end;
      }
      isInLine = at === Number.POSITIVE_INFINITY;
    },
    rowsOf: lines.rowsOf,
    objects: lines.objects,
    longestStatementInBytes: () => lines.longestStatementInBytes(seen),
  };
}

function endOfLine(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(newline, at);
  return end < 0 ? Number.POSITIVE_INFINITY : end + 1;
}

function readLines() {
  const counts = new Map<string, number | undefined>();
  const objects = { tables: 0, views: 0, sequences: 0, routines: 0, triggers: 0, events: 0 };
  let table: string | undefined;
  let rows = 0;
  let isInBody = false;
  let statementAt = 0;
  let longest = 0;

  function endTable(): void {
    if (table === undefined) return;
    // An insert that no line of a row follows has its rows on its own line.
    counts.set(table, rows === 0 ? undefined : (counts.get(table) ?? 0) + rows);
    table = undefined;
    rows = 0;
  }

  /** A statement ends where a line begins that is no row and stands in no body. Of other long ones each line is measured. */
  function endStatement(at: number): void {
    longest = Math.max(longest, at - statementAt);
    statementAt = at;
  }

  return {
    isInTable: () => table !== undefined,
    addRow() {
      rows++;
    },
    /** A line that is no row; `at` is where in the dump it begins. */
    read(line: string, at: number) {
      endTable();
      const kind = kindOf(line, isInBody);
      if (kind !== undefined) objects[kind]++;
      if (!isInBody || line.startsWith('DELIMITER ')) endStatement(at);
      // Between these stands the body of a trigger or routine, which may hold any line.
      if (line.startsWith('DELIMITER ')) isInBody = line !== 'DELIMITER ;\n';
      if (isInBody) return;
      const [, name] = /^INSERT INTO `((?:[^`]|``)+)` /.exec(line) ?? [];
      table = name?.replaceAll('``', '`');
    },
    rowsOf(name: string) {
      endTable();
      return counts.has(name) ? counts.get(name) : 0;
    },
    objects: () => ({ ...objects }),
    longestStatementInBytes: (end: number) => Math.max(longest, end - statementAt),
  };
}

/** What a line begins to make. A view is made twice, first as a table or view that holds its place; that line does not count. */
function kindOf(line: string, isInBody: boolean): keyof DatabaseObjects | undefined {
  if (!isInBody) {
    if (line.startsWith('CREATE TABLE ')) return 'tables';
    if (line.startsWith('CREATE SEQUENCE ')) return 'sequences';
    return line.startsWith('/*!50001 VIEW ') ? 'views' : undefined;
  }
  if (/^\/\*!50003 CREATE\*\/.*\/\*!50003 TRIGGER\b/i.test(line)) return 'triggers';
  if (/^\/\*!50106 CREATE\*\/.*\/\*!50106 EVENT\b/i.test(line)) return 'events';
  return /^(?:\/\*!50003 )?CREATE\b.*\b(?:FUNCTION|PROCEDURE|PACKAGE) /i.test(line) ? 'routines' : undefined;
}
