import { describe, expect, it } from 'vitest';
import { redactor } from '../src/redact.ts';

const secret = 'p@ss "wörd"/+';

describe('what leaves the process', () => {
  const redact = redactor([secret, 'abc']);

  it.each([
    ['as it is', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['inside JSON', JSON.stringify({ password: secret })],
    ['base64-encoded', Buffer.from(secret).toString('base64')],
  ])('holds no secret %s', (_, text) => {
    const clean = redact(`before ${text} after`);

    expect(clean).not.toContain('wörd');
    expect(clean).not.toContain(encodeURIComponent('wörd'));
    expect(clean).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
    expect(clean).toMatch(/^before .*•••.* after$/);
  });

  it('takes the longer of two secrets first, so that no rest of it stays', () => {
    expect(redactor(['secret', 'secret-and-more'])('secret-and-more')).toBe('•••');
  });

  it('holds no beginning of a secret where a text was cut', () => {
    const words = `said: ${secret} and more`;
    for (let end = 'said: '.length + 4; end < words.length; end++) {
      expect(redact(`${words.slice(0, end)}… (x…)`)).toMatch(/^said: •••.*… \(x…\)$/);
    }
    expect(redact('a word… and no more')).toBe('a word… and no more');
  });

  it('leaves very short values alone, which would tear holes into plain words', () => {
    expect(redact('abcdef')).toBe('abcdef');
  });
});
