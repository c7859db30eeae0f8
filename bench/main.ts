import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare } from './compare.ts';
import { digestCosts } from './digest.ts';
import { planCosts } from './plan.ts';
import { compareS3, s3Table } from './s3.ts';
import { table } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});

if (positionals.includes('plan')) process.stdout.write(planCosts());
else if (positionals.includes('digest')) process.stdout.write(await digestCosts(say));
else if (positionals.includes('s3'))
  process.stdout.write(s3Table(await compareS3(Number(values.rounds), say)));
else await compareWithOthers();

async function compareWithOthers(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  try {
    const results = await compare(folder, Number(values.rounds), say);
    process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : table(results));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The results alone are on standard output. */
function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
