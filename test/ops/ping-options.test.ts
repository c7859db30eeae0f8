import { describe, expect, it } from 'vitest';
import { PingOptions } from '../../src/ops/ping-options.ts';

describe('the pings of an app', () => {
  it.each([
    ['https://hc-ping.com/0b1a', 'https://hc-ping.com/0b1a/start', 'https://hc-ping.com/0b1a/fail'],
    ['https://hc.example/p/shop/', 'https://hc.example/p/shop/start', 'https://hc.example/p/shop/fail'],
    ['http://hc/p/shop?create=1', 'http://hc/p/shop/start?create=1', 'http://hc/p/shop/fail?create=1'],
  ])('of one address, %s, are those of healthchecks.io', (success, start, fail) => {
    expect(PingOptions.parse(success)).toEqual({ start, success, fail });
  });

  it('may be an address each, or some of them', () => {
    const pings = { success: 'https://up.example/api/push/1?status=up' };

    expect(PingOptions.parse(pings)).toEqual(pings);
  });

  it.each(['hc-ping.com/0b1a', 'ftp://hc/0b1a', 'file:///0b1a'])(
    'cannot be %s, which is not repeated',
    (text) => {
      const { error } = PingOptions.safeParse(text);

      expect(JSON.stringify(error)).toContain('Expected an address such as');
      expect(error?.message).not.toContain('0b1a');
    },
  );
});
