import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { editQueue } from '../../src/chat/edit-queue.ts';

const budget = { edits: 50, frames: 40, spanMs: 60_000, leastGapMs: 3000 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('frames of progress', () => {
  it('are sent at once while there is room, and then no more often than the gap', async () => {
    const queue = editQueue(budget);
    const sent: number[] = [];
    const began = Date.now();

    for (let second = 0; second < 10; second += 1) {
      queue.frame('card', async () => void sent.push(Date.now() - began));
      await vi.advanceTimersByTimeAsync(1000);
    }

    expect(sent[0]).toBe(0);
    for (const [i, at] of sent.slice(1).entries()) expect(at - (sent[i] ?? 0)).toBeGreaterThanOrEqual(3000);
    expect(sent.length).toBeGreaterThanOrEqual(3);
  });

  it('are sent also after the clock was put back by a day', async () => {
    const queue = editQueue(budget);
    const sent: string[] = [];
    queue.holdFor(1000);
    queue.frame('card', async () => void sent.push('first'));
    await vi.advanceTimersByTimeAsync(2000);

    vi.setSystemTime(Date.now() - 24 * 3_600_000);
    queue.frame('card', async () => void sent.push('second'));
    await vi.advanceTimersByTimeAsync(10_000);

    expect(sent).toEqual(['first', 'second']);
  });

  it('that are overtaken are never sent', async () => {
    const queue = editQueue(budget);
    const sent: string[] = [];
    queue.frame('card', async () => void sent.push('first'));

    queue.frame('card', async () => void sent.push('overtaken'));
    queue.frame('card', async () => void sent.push('newest'));
    await vi.advanceTimersByTimeAsync(10_000);

    expect(sent).toEqual(['first', 'newest']);
  });

  it('of many messages keep to the budget, and every message gets its turns', async () => {
    const queue = editQueue(budget);
    const sent: { id: string; at: number }[] = [];

    for (let second = 0; second < 300; second += 1) {
      for (let card = 0; card < 60; card += 1)
        queue.frame(`${card}`, async () => void sent.push({ id: `${card}`, at: Date.now() }));
      await vi.advanceTimersByTimeAsync(1000);
    }

    const busiest = Math.max(
      ...sent.map(({ at }) => sent.filter((other) => other.at > at - 60_000 && other.at <= at).length),
    );
    const turns = Array.from({ length: 60 }, (_, card) => sent.filter(({ id }) => id === `${card}`).length);
    expect(busiest).toBeLessThanOrEqual(40);
    expect(Math.min(...turns)).toBeGreaterThanOrEqual(2);
  });
});

describe('the last form of a message', () => {
  it('takes the place of a frame that waits', async () => {
    const queue = editQueue(budget);
    const sent: string[] = [];
    queue.frame('card', async () => void sent.push('first'));
    queue.frame('card', async () => void sent.push('too late'));

    const given = await queue.last('card', async () => sent.push('last'));
    await vi.advanceTimersByTimeAsync(60_000);

    expect(given).toBe(2);
    expect(sent).toEqual(['first', 'last']);
  });

  it('goes after the frame that is on its way, so that it stays the last', async () => {
    const queue = editQueue(budget);
    const sent: string[] = [];
    let arrive = () => {};
    queue.frame('card', async () => {
      await new Promise<void>((arrived) => {
        arrive = arrived;
      });
      sent.push('frame');
    });

    const last = queue.last('card', async () => void sent.push('last'));
    arrive();
    await last;

    expect(sent).toEqual(['frame', 'last']);
  });

  it('finds room where frames find none, and waits where there is none at all', async () => {
    const queue = editQueue(budget);
    const sent: ('frame' | 'last')[] = [];
    const count = (what: 'frame' | 'last') => sent.filter((each) => each === what).length;
    for (let card = 0; card < 60; card += 1) queue.frame(`${card}`, async () => void sent.push('frame'));
    await vi.advanceTimersByTimeAsync(1000);

    for (let card = 60; card < 80; card += 1) void queue.last(`${card}`, async () => void sent.push('last'));
    await vi.advanceTimersByTimeAsync(1000);
    const atOnce = { frames: count('frame'), lasts: count('last') };
    await vi.advanceTimersByTimeAsync(60_000);

    expect(atOnce).toEqual({ frames: 40, lasts: 10 });
    expect(count('last')).toBe(20);
  });

  it('does not wait when the platform wants rest, as frames do', async () => {
    const queue = editQueue(budget);
    const sent: string[] = [];
    queue.holdFor(30_000);

    queue.frame('other card', async () => void sent.push('frame'));
    await queue.last('card', async () => void sent.push('last'));
    const atOnce = [...sent, queue.heldForMs()];
    await vi.advanceTimersByTimeAsync(31_000);

    expect(atOnce).toEqual(['last', 30_000]);
    expect(sent).toEqual(['last', 'frame']);
  });

  it('that still waits when everything stops is told so', async () => {
    const queue = editQueue({ ...budget, edits: 1 });
    await queue.last('first', async () => true);
    const last = queue.last('card', async () => true);

    queue.close();

    await expect(last).rejects.toThrow('because Holdfast stops');
  });
});
