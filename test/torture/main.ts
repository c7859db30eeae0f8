import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type FaultName, faultNames } from './faults.ts';
import { torture } from './torture.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    runs: { type: 'string', default: '100' },
    only: { type: 'string', multiple: true },
    /** Where to write what the processes said. */
    log: { type: 'string' },
  },
});

const enough = new AbortController();
// Not `once`: what ends the children with us takes the signal for unheard then, and ends us.
process.on('SIGINT', () => enough.abort());
const only = faultNames.filter((name) => values.only?.some((words) => name.includes(words)) ?? true);
process.stderr.write(`The seed is ${values.seed}.\n`);
const { log, ...figures } = await torture({
  seed: Number(values.seed),
  runs: Number(values.runs),
  only: only satisfies FaultName[],
  enough: enough.signal,
  say: (sentence) => process.stderr.write(`${sentence}\n`),
});
if (values.log !== undefined) await writeFile(values.log, log.join('\n'));
process.stdout.write(`${JSON.stringify({ seed: Number(values.seed), ...figures }, null, 2)}\n`);
process.exit(figures.broken.length === 0 ? 0 : 1);
