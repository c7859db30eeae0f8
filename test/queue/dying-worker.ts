/*
 * A worker that dies: `node --import tsx dying-worker.ts OPTIONS TOPIC` adds a job, takes it, says so, and never ends.
 * It is for its parent to kill it.
 */
import { openQueue } from '../../src/queue/bullmq.ts';
import { StoreOptions } from '../../src/store/options.ts';
import { openStore } from '../../src/store/registry.ts';
import { newTopic, quickPace } from './working.ts';

const [options = '{}', name = ''] = process.argv.slice(2);
const topic = { ...newTopic(), name };
const store = await openStore(StoreOptions.parse(JSON.parse(options)), () => {});
const queue = openQueue(store, { warn: () => {}, pace: quickPace });

await queue.add(topic, { id: 'interrupted', data: { text: 'half done' }, once: 'run.shop' });
await queue.add(topic, { id: 'waiting', data: { text: 'not begun' } });
queue.work(topic, async () => {
  process.stdout.write('taken\n');
  await new Promise(() => {});
});
