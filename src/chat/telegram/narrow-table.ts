/** Of a phone that is held upright, in characters of one width. */
const screen = 36;
const gap = '  ';
const indent = '  ';

/**
 * A table for a narrow screen: the columns that fit beside each other share a line, the others follow below, indented.
 * All of them line up, and nothing is cut. Gives the lines of each row.
 */
export function narrowTable(rows: readonly (readonly string[])[]): string[][] {
  const columns = (rows[0] ?? []).map((_, column) => ({
    column,
    width: Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  }));
  const lines = linesFor(columns);
  return rows.map((row) =>
    lines
      .map((line, i) => `${i === 0 ? '' : indent}${cells(row, line)}`.trimEnd())
      .filter((line, i) => i === 0 || line !== ''),
  );
}

interface Column {
  readonly column: number;
  readonly width: number;
}

/** Which columns stand beside each other. */
function linesFor(columns: readonly Column[]): Column[][] {
  const lines: Column[][] = [];
  for (const column of columns) {
    const line = lines.at(-1);
    const free = screen - (lines.length > 1 ? indent.length : 0) - gap.length;
    if (line !== undefined && widthOfLine(line) + column.width <= free) line.push(column);
    else lines.push([column]);
  }
  return lines;
}

function widthOfLine(line: readonly Column[]): number {
  return line.reduce((total, { width }) => total + width, (line.length - 1) * gap.length);
}

function cells(row: readonly string[], line: readonly Column[]): string {
  return line.map(({ column, width }) => padded(row[column] ?? '', width)).join(gap);
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - widthOf(text));
}

function widthOf(text: string): number {
  return [...text].length;
}
