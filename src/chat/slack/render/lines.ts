import type { Block, Inline, Line } from '../../message.ts';

/** A block as lines, for where Slack has nothing better: in a text, in the Home tab, beside another table. */
export function blockLines(block: Block): readonly Line[] {
  switch (block.kind) {
    case 'lines':
      return block.lines;
    case 'table':
      return block.rows.map((row) => rowLine(block.head, row));
    case 'bar':
      return [[barText(block)]];
  }
}

/** `*shop* · destination disk · backups 14` */
function rowLine(head: readonly string[], row: readonly Inline[]): Line {
  return row.flatMap((cell, column) => {
    if (cell === '') return [];
    if (column === 0) return [typeof cell === 'string' ? { strong: cell } : cell];
    return [` · ${head[column] ?? ''} `, cell];
  });
}

const cells = 10;

function barText({ fraction, label }: Extract<Block, { kind: 'bar' }>): string {
  if (fraction === undefined) return label;
  const share = Math.min(1, Math.max(0, fraction));
  const full = Math.floor(share * cells);
  return `${'▰'.repeat(full)}${'▱'.repeat(cells - full)} ${Math.floor(share * 100)} %  ${label}`;
}
