import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { openQueue } from '../../src/queue/bullmq.ts';
import { openStore } from '../../src/store/registry.ts';
import type { StorePlace } from '../support/stores.ts';
import { newTopic, quickPace, take } from './working.ts';

/** What the queue promises when a process is killed. `place` must not be open anywhere else. */
export function survivesTheDeathOfAWorker(place: () => StorePlace): void {
  it('hands the job of a worker that was killed to another one, and has lost nothing', async () => {
    const { options } = place();
    const topic = newTopic();
    await killWhileWorking(JSON.stringify(options), topic.name);

    const store = await openStore(options, () => {});
    const queue = openQueue(store, { warn: () => {}, pace: quickPace });
    const second = await queue.add(topic, { id: 'second', data: { text: '' }, once: 'run.shop' });
    const jobs = await take(queue, topic, 2);
    await queue.close();
    await store.close();

    expect(second).toEqual({ added: false, metId: 'interrupted' });
    expect(jobs.map(({ id, data, attempt, deaths }) => ({ id, text: data.text, attempt, deaths }))).toEqual(
      expect.arrayContaining([
        { id: 'interrupted', text: 'half done', attempt: 2, deaths: 1 },
        { id: 'waiting', text: 'not begun', attempt: 1, deaths: 0 },
      ]),
    );
  });
}

async function killWhileWorking(options: string, topic: string): Promise<void> {
  const program = fileURLToPath(new URL('dying-worker.ts', import.meta.url));
  const worker = execa(process.execPath, ['--import', 'tsx', program, options, topic], {
    reject: false,
    stderr: 'inherit',
  });
  const taken = await Promise.race([once(worker.stdout, 'data'), worker]);
  worker.kill('SIGKILL');
  await worker;
  expect(String(taken)).toBe('taken\n');
}
