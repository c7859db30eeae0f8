import { expect, it, vi } from 'vitest';
import { keepTrying } from '../../src/queue/keep-trying.ts';

const quickly = { pauseMs: 1, againMs: 1 };

it('puts in place what could not be put there before, and what has gone since', async () => {
  const warnings: string[] = [];
  let isAway = true;
  let schedules = 0;
  const kept = keepTrying(
    'The schedules',
    async () => {
      if (isAway) throw new Error('Redis was not reached.');
      schedules = 1;
    },
    (sentence) => warnings.push(sentence),
    quickly,
  );

  await vi.waitUntil(() => warnings.length > 1);
  isAway = false;
  await vi.waitUntil(() => schedules === 1);
  schedules = 0; // Redis has come back without its data.
  await vi.waitUntil(() => schedules === 1);
  await kept.close();

  expect(warnings[0]).toBe('The schedules wait for the queue: Redis was not reached.');
});
