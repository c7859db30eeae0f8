import { describe, expect, it } from 'vitest';
import { HttpOptions } from '../../src/ops/options.ts';

describe('where a process tells how it is', () => {
  it.each(['127.0.0.1', '127.0.0.53', 'localhost', '::1'])('may be %s without a token', (host) => {
    expect(HttpOptions.safeParse({ port: 9464, host }).success).toBe(true);
  });

  it.each(['0.0.0.0', '::', '10.0.0.7', 'web1', '127.0.0.1.example.org', 'localhost.example.org'])(
    'needs a token at %s, which others reach',
    (host) => {
      const refused = HttpOptions.safeParse({ port: 9464, host });
      const allowed = HttpOptions.safeParse({ port: 9464, host, token: 'a-token-of-some-length' });

      expect(refused.error?.issues).toMatchObject([
        {
          path: ['host'],
          message:
            'Others reach this address, and could read the metrics: add a "token", or leave "host" out.',
        },
      ]);
      expect(allowed.success).toBe(true);
    },
  );

  it('needs a token that nobody guesses', () => {
    expect(HttpOptions.safeParse({ port: 9464, token: 'secret' }).success).toBe(false);
  });
});
