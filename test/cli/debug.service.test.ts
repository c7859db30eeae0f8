import { expect, it, onTestFinished } from 'vitest';
import { holdfastWith } from '../support/program.ts';
import { startOwnRedis } from '../support/services/redis.ts';
import { shopFolder } from './shop-folder.ts';

it('DEBUG shows no password of the queue', async () => {
  const redis = await startOwnRedis();
  onTestFinished(() => redis.stop());
  const password = decodeURIComponent(new URL(redis.url).password);
  const folder = await shopFolder({ more: `queue: { url: '${redis.url}' }\n` });

  const said = await Promise.all(
    ['ioredis:*', '*'].map((DEBUG) => holdfastWith({ DEBUG }, folder, 'check', '--group', 'default')),
  );

  for (const { stdout, stderr } of said) {
    expect(stdout).toContain('✔ queue');
    expect(stdout + stderr).not.toContain(password);
  }
});
