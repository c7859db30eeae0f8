import { z } from 'zod';
import type { Choice } from '../choose-tables.ts';
import type { Session } from '../connect.ts';

/** How much data there is, as it takes room in a dump. */
export interface Measure {
  readonly bytes: number;
  readonly longestRowInBytes: number;
}

/** Counts every byte, because the server's own estimate of a table may be hours behind. Reads all rows once. */
export async function measure(session: Session, { whole }: Choice): Promise<Measure> {
  const measures: Measure[] = [];
  for (const { name, type } of whole) {
    if (type !== 'VIEW') measures.push(await measureTable(session, name));
  }
  return {
    bytes: measures.reduce((sum, { bytes }) => sum + bytes, 0),
    longestRowInBytes: Math.max(0, ...measures.map(({ longestRowInBytes }) => longestRowInBytes)),
  };
}

async function measureTable(session: Session, table: string): Promise<Measure> {
  const columns = await session.rows(z.object({ Field: z.string() }), `SHOW COLUMNS FROM ${quoted(table)}`);
  const row = columns.map(({ Field }) => `COALESCE(OCTET_LENGTH(${quoted(Field)}), 4)`).join(' + ');
  const [measured] = await session.rows(
    z.object({ bytes: z.coerce.number(), longestRowInBytes: z.coerce.number() }),
    `SELECT COALESCE(SUM(${row}), 0) AS bytes, COALESCE(MAX(${row}), 0) AS longestRowInBytes FROM ${quoted(table)}`,
  );
  return measured ?? { bytes: 0, longestRowInBytes: 0 };
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
