import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../src/chat/telegram/failure.ts';

describe('Telegram that', () => {
  it.each([
    [30, 30],
    [3600, 3600],
    [99_999_999, 3600],
    [1e308, 3600],
    [0, 5],
    [-1, 5],
    [undefined, 5],
    ['soon', 5],
  ])('asks to be left alone for %o is left alone for %i s', (asked, seconds) => {
    const parameters = JSON.parse(JSON.stringify({ retry_after: asked }));

    const { why } = failureOf(
      'getUpdates',
      { code: 429, description: 'Too Many Requests', parameters },
      undefined,
    );

    expect(why).toEqual({ is: 'flood', retryAfterInMs: seconds * 1000 });
  });
});
