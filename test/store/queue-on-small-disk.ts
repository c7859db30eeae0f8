import { randomBytes } from 'node:crypto';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openQueue } from '../../src/queue/bullmq.ts';
import { StoreOptions } from '../../src/store/options.ts';
import { openStore } from '../../src/store/registry.ts';
import { newTopic } from '../queue/working.ts';
import { putDataInto } from '../support/stores.ts';

/*
 * Run inside a mount namespace with the path of a disk of 60 MiB. Keeps the embedded queue there, fills the disk, adds a job, and
 * makes room again. Prints what it was told, and which jobs there are.
 */

const [folder = ''] = process.argv.slice(2);
const filler = join(folder, 'filler');
const options = StoreOptions.parse({ folder });
// More than what is free in the pages that the database has already.
const text = randomBytes(2 ** 20).toString('hex');

await putDataInto(folder);
const store = await openStore(options, () => {});
const queue = openQueue(store, { warn: () => {} });
const topic = newTopic();
await queue.add(topic, { id: 'before', data: { text: '' } });

fillDisk();
const whileFull = await add('in-between');
rmSync(filler);
const afterwards = await add('afterwards');
const kept = (await queue.unfinished(topic)).map(({ id }) => id);
await queue.close();
await store.close();

fillDisk();
const opened = await openStore(options, () => {}).then(() => 'opened', wordsOf);

process.stdout.write(JSON.stringify({ whileFull, afterwards, kept, opened }));

function add(id: string): Promise<unknown> {
  return queue.add(topic, { id, data: { text } }).catch(wordsOf);
}

function fillDisk(): void {
  try {
    for (;;) appendFileSync(filler, Buffer.alloc(4096));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

function wordsOf(error: Error): string {
  return error.message;
}
