/** Counts the rows of a dump that passes by. */
export interface RowCounter {
  see(chunk: Buffer): void;
  /** The rows of `table`; `undefined` when the client does not write one row a line, as MySQL's does not. */
  rowsOf(table: string): number | undefined;
}

const newline = 0x0a;
const openingBracket = 0x28;
/** An insert's line is no longer than this, the longest name being 64 characters of 4 bytes. */
const longestLineStart = 320;

/**
 * MariaDB's client writes "INSERT INTO `table` VALUES" on a line of its own and then each row on one line that begins with
 * a bracket; a line break in a value is written as `\n`. So a row costs one search for the next line break.
 */
export function countRows(): RowCounter {
  const counts = new Map<string, number>();
  let isCountable = true;
  let isInBody = false;
  let table: string | undefined;
  let rows = 0;
  let rest = Buffer.alloc(0);
  let isAtLineStart = true;

  function endTable(): void {
    if (table !== undefined) counts.set(table, (counts.get(table) ?? 0) + rows);
    table = undefined;
    rows = 0;
  }

  function readLineStart(start: string): void {
    endTable();
    // Between these stands the body of a trigger or routine, which may hold any line.
    if (start.startsWith('DELIMITER ')) isInBody = !start.startsWith('DELIMITER ;\n');
    if (isInBody || !start.startsWith('INSERT INTO `')) return;
    const [, name] = /^INSERT INTO `((?:[^`\n]|``)+)` VALUES\n/.exec(start) ?? [];
    if (name === undefined) isCountable = false;
    table = name?.replaceAll('``', '`');
  }

  return {
    see(chunk) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      rest = Buffer.alloc(0);
      let at = isAtLineStart ? 0 : bytes.indexOf(newline) + 1;
      if (!isAtLineStart && at === 0) return;

      while (at < bytes.length) {
        const isRow = table !== undefined && bytes[at] === openingBracket;
        if (isRow) rows++;
        const end = bytes.indexOf(newline, at);
        if (!isRow) {
          if (end < 0 && bytes.length - at < longestLineStart) break;
          readLineStart(bytes.toString('utf8', at, end < 0 ? at + longestLineStart : end + 1));
        }
        if (end < 0) {
          isAtLineStart = false;
          return;
        }
        at = end + 1;
      }
      isAtLineStart = true;
      rest = Buffer.from(bytes.subarray(at));
    },
    rowsOf(name) {
      endTable();
      return isCountable ? (counts.get(name) ?? 0) : undefined;
    },
  };
}
