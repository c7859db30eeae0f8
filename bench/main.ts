import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare } from './compare.ts';
import { table } from './table.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
try {
  const results = await compare(folder, Number(values.rounds), say);
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : table(results));
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The results alone are on standard output. */
function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
