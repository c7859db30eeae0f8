import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allowance } from '../../src/chat/allowance.ts';
import { openFrames } from '../../src/chat/frames.ts';
import type { Message } from '../../src/chat/message.ts';
import type { Posted } from '../../src/chat/platform.ts';

const card: Posted = { to: { platform: 'test', place: 'C1' }, id: '1' };
const frame = (text: string): Message => ({ tone: 'working', title: [text], blocks: [] });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('frames of a message', () => {
  it('are shown no faster than allowed; the newest waits, those before it are dropped', async () => {
    const { frames, shown } = oneEveryThreeSeconds();

    for (const text of ['1', '2', '3', '4']) frames.offer(card, frame(text));
    await vi.advanceTimersByTimeAsync(2000);
    const before = [...shown];
    frames.offer(card, frame('5'));
    await vi.advanceTimersByTimeAsync(10_000);

    expect(before).toEqual(['4']);
    expect(shown).toEqual(['4', '5']);
  });

  it('are over once settled: what waits is dropped, what is on its way has arrived', async () => {
    const { frames, shown } = oneEveryThreeSeconds(100);
    frames.offer(card, frame('on its way'));
    await vi.advanceTimersByTimeAsync(1);
    frames.offer(card, frame('waits'));

    const settled = frames.settle(card).then(() => [...shown]);
    await vi.advanceTimersByTimeAsync(10_000);

    expect(await settled).toEqual(['on its way']);
    expect(shown).toEqual(['on its way']);
  });

  it('go on after one that was lost', async () => {
    const { frames, shown, lost } = oneEveryThreeSeconds();

    frames.offer(card, frame('broken'));
    await vi.advanceTimersByTimeAsync(1);
    frames.offer(card, frame('whole'));
    await vi.advanceTimersByTimeAsync(10_000);

    expect(lost).toHaveLength(1);
    expect(shown).toEqual(['whole']);
  });
});

function oneEveryThreeSeconds(takesMs = 0) {
  const shown: string[] = [];
  const lost: unknown[] = [];
  const pace = allowance([{ count: 1, inMs: 3000 }]);
  const frames = openFrames({
    waitInMs: () => pace.waitInMs(Date.now()),
    async send(_, { title }) {
      pace.take(Date.now());
      await new Promise((arrived) => setTimeout(arrived, takesMs));
      if (title[0] === 'broken') throw new Error('The platform took no frame.');
      shown.push(String(title[0]));
    },
    onLost: (thrown) => void lost.push(thrown),
  });
  return { frames, shown, lost };
}
