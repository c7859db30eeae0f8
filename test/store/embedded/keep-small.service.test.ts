import { expect, it, onTestFinished } from 'vitest';
import { keepSmall } from '../../../src/store/embedded/keep-small.ts';
import { openEmbedded } from '../../../src/store/embedded.ts';
import type { SqlPool } from '../../../src/store/store.ts';
import { embedded } from '../../support/stores.ts';

it('the embedded store stays as large as what is in it, however often that is changed', async () => {
  const place = await embedded();
  onTestFinished(() => place.remove());
  const store = await openEmbedded(place.options.folder, 'holdfast');
  onTestFinished(() => store.close());
  const pool = keepSmall(store.pool, 200);
  await pool.query('CREATE TABLE public.facts (key int PRIMARY KEY, value text)');
  await pool.query("INSERT INTO public.facts SELECT n, repeat('x', 1000) FROM generate_series(1, 50) n");

  await changeAll(pool, 2000);
  const early = await sizeOf(pool);
  await changeAll(pool, 4000);

  expect(await sizeOf(pool)).toBeLessThanOrEqual(1.2 * early);
});

async function changeAll(pool: SqlPool, times: number): Promise<void> {
  for (let n = 0; n < times; n++)
    await pool.query('UPDATE public.facts SET value = $1 WHERE key = $2', [
      `${n}`.padEnd(1000),
      (n % 50) + 1,
    ]);
}

async function sizeOf(pool: SqlPool): Promise<number> {
  const { rows } = await pool.query<{ size: number }>(
    "SELECT pg_total_relation_size('public.facts')::int AS size",
  );
  return rows[0]?.size ?? 0;
}
