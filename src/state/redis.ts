import { storableJson, storableText } from '../domain/storable.ts';
import type { RedisStore } from '../store/store.ts';
import { type State, StateError } from './state.ts';

/** Each fact is a key of its own that expires by itself: `{holdfast}:state:<key>`. */
export function redisState({ quick, prefix, explain }: RedisStore): State {
  const named = (key: string) => storableText(`${prefix}:state:${key}`);

  async function asking<T>(doing: string, ask: () => Promise<T>): Promise<T> {
    return ask().catch((cause) => {
      throw new StateError(`Could not ${doing}: ${explain(cause)}`, { cause });
    });
  }

  return {
    remember: (key, value, lifetimeInSeconds) =>
      asking(`remember ${key}`, async () => {
        await quick.set(named(key), storableJson(value), 'PX', inMs(lifetimeInSeconds));
      }),
    recall: (key) =>
      asking(`recall ${key}`, async () => {
        const text = await quick.get(named(key));
        return text === null ? undefined : JSON.parse(text);
      }),
    claim: (key, value, lifetimeInSeconds) =>
      asking(`claim ${key}`, async () => {
        const answer = await quick.set(named(key), storableJson(value), 'PX', inMs(lifetimeInSeconds), 'NX');
        return answer === 'OK';
      }),
    replace: (key, { was, by }, lifetimeInSeconds) =>
      asking(`replace ${key}`, async () => {
        const values = [storableJson(was), storableJson(by), inMs(lifetimeInSeconds)];
        return (await quick.eval(replaceScript, 1, named(key), ...values)) === 1;
      }),
    release: (key, was) =>
      asking(`release ${key}`, async () => {
        return (await quick.eval(releaseScript, 1, named(key), storableJson(was))) === 1;
      }),
    append: (key, entry, { atMost, lifetimeInSeconds }) =>
      asking(`add to ${key}`, async () => {
        const answers = await quick
          .multi()
          .rpush(named(key), storableJson(entry))
          .ltrim(named(key), -atMost, -1)
          .pexpire(named(key), inMs(lifetimeInSeconds))
          .exec();
        for (const [error] of answers ?? []) if (error) throw error;
      }),
    entries: (key) =>
      asking(`recall ${key}`, async () =>
        (await quick.lrange(named(key), 0, -1)).map((text) => JSON.parse(text)),
      ),
    forget: (key) =>
      asking(`forget ${key}`, async () => {
        await quick.del(named(key));
      }),
    async close() {},
  };
}

// What is there was written by `storableJson`, too, so the same value is the same text.
const replaceScript = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  return 1`;
const releaseScript = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('DEL', KEYS[1])`;

function inMs(seconds: number): number {
  return Math.ceil(seconds * 1000);
}
