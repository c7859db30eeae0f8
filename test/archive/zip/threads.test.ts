import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openThreads, type Threads } from '../../../src/archive/zip/threads.ts';

describe('threads', () => {
  it('answer each task with its own answer', async () => {
    const threads = open(2, 'post(task * 2)');

    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((number) => threads.run(number)));

    expect(answers).toEqual([2, 4, 6, 8, 10, 12, 14]);
  });

  it('are not more than they may be, and not more than there is work for', async () => {
    const threads = open(3, 'post(threadId)');

    const one = new Set([await threads.run(0), await threads.run(0), await threads.run(0)]);
    const all = new Set(await Promise.all(Array.from({ length: 30 }, () => threads.run(0))));

    expect(one.size).toBe(1);
    expect(all.size).toBeLessThanOrEqual(3);
    expect(all.size).toBeGreaterThan(1);
  });

  it('take bytes without copying them', async () => {
    const threads = open(1, 'post(0)');
    const bytes = new Uint8Array(1000);

    await threads.run(0, [bytes.buffer]);

    expect(bytes.length).toBe(0);
  });

  it.each([
    ['throws', "throw new Error('Out of cheese.')", 'died: Out of cheese.'],
    ['ends', 'process.exit(1)', 'died.'],
  ])('fail all that is asked of them when one %s', async (_, script, words) => {
    const threads = open(2, `if (task === 3) { ${script} } else setTimeout(() => post(task), 60_000)`);

    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map((number) => threads.run(number)));

    expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    expect(String((outcomes[4] as PromiseRejectedResult).reason)).toContain(words);
    await expect(threads.run(6)).rejects.toThrow(words);
  });

  it('give up whatever they do when they are closed', async () => {
    const threads = open(1, 'for (;;) {}');
    const running = threads.run(1);
    const givenUp = expect(running).rejects.toThrow('The archive was closed.');

    await threads.close();

    await givenUp;
  });
});

/** Threads that do this with each `task`. */
function open(count: number, script: string): Threads<number, number> {
  const source = `
    const { parentPort, threadId } = require('node:worker_threads');
    const post = (answer) => parentPort.postMessage(answer);
    parentPort.on('message', (task) => { ${script} });
  `;
  const threads = openThreads<number, number>(count, () => new Worker(source, { eval: true }));
  onTestFinished(() => threads.close());
  return threads;
}
