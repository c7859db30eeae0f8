/*
 * A product that is opened and closed again and again: `node --import tsx open-and-close.ts CONFIG`. Then nothing is left for the
 * process to wait for, and it ends. One that does not says what it waits for.
 */
import { consolePlatform } from '../../src/chat/console.ts';
import { openProduct } from '../../src/cli/product.ts';
import { everyWorker } from '../../src/cli/workers-here.ts';
import { botPart } from '../../src/config/parts.ts';
import { readConfig } from '../../src/config/read.ts';

/** Shorter than any wait of the libraries, the shortest of which are five seconds. */
const patienceInMs = 4000;

const config = readConfig(process.argv[2] ?? '', process.env);
const who = { id: 'console:me', groups: [] };

async function openAndClose(
  meanwhile: (say: (words: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const console = consolePlatform();
  const bot = { config: botPart(config), platforms: () => [console] };
  const product = await openProduct({ bot, workers: everyWorker(config), logLevel: 'warn' });
  const session = console.open(who, () => {});
  await meanwhile((words) => session.say(words));
  await product.close();
}

// At several moments of the start, as what is begun while something is closed is what stays behind.
for (let turns = 0; turns < 200; turns = turns * 3 + 1) {
  await openAndClose(async () => {
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
  });
}
await openAndClose((say) => say('/backup status'));
await openAndClose((say) => say('/backup run shop'));

setTimeout(() => {
  process.stdout.write(`Still there: ${process.getActiveResourcesInfo().join(', ')}\n`);
  process.exit(1);
}, patienceInMs).unref();
