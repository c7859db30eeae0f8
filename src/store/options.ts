import { z } from 'zod';
import { strict } from '../domain/strict.ts';

const noAddress =
  'an address such as redis://:password@127.0.0.1:6379, with a port of up to 65535; in a password @ is written %40, : %3A, / %2F, # %23 and % %25';

/** Where jobs and small facts are kept: the `queue:` part of the configuration. */
export const StoreOptions = strict({
  /** `redis://`, `rediss://` (TLS) or `postgres://`. Left out: embedded, kept in `folder`. */
  url: z
    .string()
    .regex(/^(rediss?|postgres(ql)?):\/\//, 'an address that begins with redis://, rediss:// or postgres://')
    .refine((url) => URL.canParse(url), noAddress)
    .describe('redis://, rediss:// or postgres://; left out: embedded, nothing to install.')
    .optional(),
  /** What every key in Redis, and every queue's name in PostgreSQL, begins with. Two Holdfasts on one server take two. */
  prefix: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'small letters, digits and dashes')
    .default('holdfast'),
  /**
   * Options of ioredis, as they are: `sentinels` and `name`, `tls`, `username`, …; with `cluster`, those of its Cluster.
   * https://redis.github.io/ioredis/interfaces/CommonRedisOptions.html
   */
  redis: z
    .looseObject({
      /** Nodes of a Redis Cluster to begin with. */
      cluster: z.array(strict({ host: z.string(), port: z.int().default(6379) })).optional(),
    })
    .optional(),
  /** Holds the embedded queue. Only one Holdfast at a time may use it. A relative one lies beside the configuration. */
  folder: z.string().default('./.holdfast'),
});
export type StoreOptions = z.infer<typeof StoreOptions>;

/** Whether the store lives in a folder of this machine, for one process at a time, and not on a server. */
export function isEmbedded({ url, redis }: StoreOptions): boolean {
  return url === undefined && redis === undefined;
}
