import { withoutSequenceNames } from '../without-name.ts';

/** A longer line is let through as it is. */
const longestLineInBytes = 2 ** 20;

/**
 * A dump that no longer names the database it is of, where the client wrote the name: then it changes only the database it is
 * loaded into. ALTER DATABASE without a name is about that one. Lines begin where they seem to: in data a line break is written as
 * `\n`. `hasSequences`: whether columns and views may take values from sequences, which the server names with their database.
 */
export async function* withoutDatabaseName(
  chunks: AsyncIterable<Buffer>,
  { database, hasSequences }: { readonly database: string; readonly hasSequences: boolean },
): AsyncGenerator<Buffer> {
  // Bytes are read as Latin-1, and written as they were.
  const name = Buffer.from(database).toString('latin1');
  const alter = `ALTER DATABASE \`${name.replaceAll('`', '``')}\` `;
  const starts = [alter, ...(hasSequences ? ['  `', '/*!50001 VIEW '] : [])];
  const marks = starts.map((start) => Buffer.from(`\n${start}`, 'latin1'));
  const rewrite = (line: string) =>
    line.startsWith(alter) ? `ALTER DATABASE ${line.slice(alter.length)}` : withoutSequenceNames(line, name);

  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    const { pieces, rest } = rewriteLines(bytes, marks, rewrite);
    yield* pieces.filter(({ length }) => length > 0);
    // Copied, so that the whole chunk is not kept.
    held = Buffer.from(rest);
  }
  if (held.length > 0) yield held;
}

/** `rest` is what more bytes are needed for. */
function rewriteLines(bytes: Buffer, marks: readonly Buffer[], rewrite: (line: string) => string) {
  const pieces: Buffer[] = [];
  let at = 0;
  const next = marks.map((mark) => bytes.indexOf(mark));

  for (;;) {
    const found = Math.min(...next.map((index) => (index < 0 ? Number.POSITIVE_INFINITY : index)));
    if (found === Number.POSITIVE_INFINITY) break;
    const end = bytes.indexOf('\n', found + 1);
    if (end < 0 && bytes.length - found > longestLineInBytes) break;
    pieces.push(bytes.subarray(at, found + 1));
    if (end < 0) return { pieces: pieces.with(-1, bytes.subarray(at, found)), rest: bytes.subarray(found) };
    pieces.push(Buffer.from(rewrite(bytes.toString('latin1', found + 1, end)), 'latin1'));
    at = end;
    for (const [i, mark] of marks.entries())
      if ((next[i] ?? -1) >= 0 && (next[i] ?? 0) < end) next[i] = bytes.indexOf(mark, end);
  }

  const tail = bytes.indexOf(
    '\n',
    Math.max(at, bytes.length - Math.max(...marks.map(({ length }) => length)) + 1),
  );
  const cut = tail < 0 ? bytes.length : tail;
  pieces.push(bytes.subarray(at, cut));
  return { pieces, rest: bytes.subarray(cut) };
}
