import { describe, expect, it } from 'vitest';
import { StoreOptions } from '../../src/store/options.ts';

describe('the options of the store', () => {
  it('are embedded in ./.holdfast when nothing is said', () => {
    expect(StoreOptions.parse({})).toEqual({ prefix: 'holdfast', folder: './.holdfast' });
  });

  it.each(['redis://h', 'rediss://:p@h:6380/1', 'postgres://u:p@h/d', 'postgresql://h/d'])(
    'take %s',
    (url) => {
      expect(StoreOptions.parse({ url }).url).toBe(url);
    },
  );

  it('refuse an address of another kind without repeating it, for it may hold a password', () => {
    const refusal = StoreOptions.safeParse({ url: 'mysql://root:secret@h' });

    expect(refusal.error?.issues[0]?.message).toContain('redis://');
    expect(refusal.error?.message).not.toContain('secret');
  });

  it('hand options of ioredis on as they are, and know the key of a cluster', () => {
    const redis = { sentinels: [{ host: 's1', port: 26379 }], name: 'main', tls: {} };

    expect(StoreOptions.parse({ redis }).redis).toEqual(redis);
    expect(StoreOptions.parse({ redis: { cluster: [{ host: 'n1' }] } }).redis?.cluster).toEqual([
      { host: 'n1', port: 6379 },
    ]);
  });
});
