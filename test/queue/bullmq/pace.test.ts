import { describe, expect, it } from 'vitest';
import { pauseAfter, usualPace } from '../../../src/queue/bullmq/pace.ts';

describe('the pause between two tries', () => {
  it.each([
    [1, 2],
    [2, 4],
    [3, 8],
    [9, 512],
    [10, 600],
    [1000, 600],
  ])('is, after %i tries that failed, %i seconds', (tries, seconds) => {
    expect(pauseAfter(tries, usualPace)).toBe(seconds * 1000);
  });
});
