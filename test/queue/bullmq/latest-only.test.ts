import { describe, expect, it } from 'vitest';
import { latestOnly } from '../../../src/queue/bullmq/latest-only.ts';

describe('what a running job says of itself', () => {
  it('is sent one at a time, and only the newest of what was said meanwhile', async () => {
    const { sent, send, answer } = slowServer();
    const say = latestOnly(send);

    for (const percent of [1, 2, 3, 4]) say(percent);
    await answer();
    await answer();

    expect(sent).toEqual([1, 4]);
  });

  it('is forgotten when it cannot be sent, and what is said next is sent', async () => {
    const sent: number[] = [];
    const say = latestOnly(async (percent: number) => {
      sent.push(percent);
      if (percent === 1) throw new Error('Away.');
    });

    say(1);
    say(2);

    await expect.poll(() => sent).toEqual([1, 2]);
  });
});

/** A server that answers when it is told to. */
function slowServer() {
  const sent: number[] = [];
  const answers: (() => void)[] = [];
  return {
    sent,
    send: (facts: number) =>
      new Promise<void>((resolve) => {
        sent.push(facts);
        answers.push(resolve);
      }),
    async answer() {
      answers.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
