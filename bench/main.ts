import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare } from './compare.ts';
import { digestCosts } from './digest.ts';
import { growth } from './growth.ts';
import { planCosts } from './plan.ts';
import { compareS3, s3Table } from './s3.ts';
import { table } from './table.ts';
import { threePlaces } from './three-places.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    mebibytes: { type: 'string', default: '5120' },
  },
});

if (positionals.includes('plan')) process.stdout.write(planCosts());
else if (positionals.includes('digest')) process.stdout.write(await digestCosts(say));
else if (positionals.includes('s3'))
  process.stdout.write(s3Table(await compareS3(Number(values.rounds), say)));
else if (positionals.includes('growth'))
  process.stdout.write(await inFolder((folder) => growth(folder, say)));
else if (positionals.includes('three-places'))
  process.stdout.write(await inFolder((folder) => threePlaces(folder, Number(values.mebibytes), say)));
else process.stdout.write(await inFolder(compareWithOthers));

async function compareWithOthers(folder: string): Promise<string> {
  const results = await compare({ folder, rounds: Number(values.rounds), only: positionals, say });
  return values.json ? `${JSON.stringify(results, null, 2)}\n` : table(results);
}

async function inFolder(measure: (folder: string) => Promise<string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  try {
    return await measure(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The results alone are on standard output. */
function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
