import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startHoldfast } from '../support/program.ts';
import { startOwnRedis } from '../support/services/redis.ts';
import type { OwnServer } from '../support/services/service.ts';
import { shopFolder } from './shop-folder.ts';

it('ends at the first signal when all of its Redis Cluster has gone', { timeout: 120_000 }, async () => {
  const server = await startCluster();
  const folder = await shopFolder();
  const password = new URL(server.url).password;
  appendFileSync(
    join(folder, 'holdfast.yml'),
    `queue: { redis: { cluster: [{ host: 127.0.0.1, port: ${server.place.port} }], redisOptions: { password: ${password} } } }\n`,
  );
  const product = startHoldfast(folder, 'start');
  await product.logged(/ready\. Ask it something/);

  await server.pause();
  await product.logged(/The Redis Cluster cannot be used/);
  process.kill(product.pid ?? 0, 'SIGTERM');
  const { exitCode, stderr } = await product.ended();

  expect(exitCode).toBe(0);
  expect(stderr).not.toMatch(/^\s+at /m);
});

/** One server that has all slots. */
async function startCluster(): Promise<OwnServer> {
  const server = await startOwnRedis('--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1');
  onTestFinished(() => server.stop());
  const redis = new Redis(server.url);
  await redis.cluster('ADDSLOTS', ...Array.from({ length: 16_384 }, (_, slot) => slot));
  await vi.waitFor(async () => expect(await redis.cluster('INFO')).toContain('cluster_state:ok'), 30_000);
  redis.disconnect();
  return server;
}
