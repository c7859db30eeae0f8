import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { holdfast, startHoldfast } from '../support/program.ts';
import { freePort } from '../support/services/port.ts';
import { startRedis } from '../support/services/redis.ts';
import { shopFolder } from './shop-folder.ts';

const token = 'a-token-of-some-length';

/** A shop whose `holdfast start` tells how it is at `address`, on a Redis of its own. */
async function watchedShop() {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const port = await freePort();
  const folder = await shopFolder({
    more: `queue: { url: '${redis.url}' }\nhttp: { port: ${port}, token: ${token} }\n`,
  });
  return { redis, folder, address: `http://127.0.0.1:${port}` };
}

describe('the metrics of holdfast start', () => {
  it('hold the runs there were, and go on being told while Redis is away', async () => {
    const { redis, folder, address } = await watchedShop();
    const product = startHoldfast(folder, 'start');
    const said = await product.logged(/Health and metrics are at/);
    const scrape = async () => {
      const answer = await fetch(`${address}/metrics`, { headers: { authorization: `Bearer ${token}` } });
      return (await answer.text()).split('\n');
    };
    const before = await scrape();

    const stored = await holdfast(folder, 'say', 'run shop');
    const after = await vi.waitFor(async () => {
      const lines = await scrape();
      expect(lines).toContain('holdfast_runs_total{app="shop",outcome="stored"} 1');
      return lines;
    }, 30_000);
    const ready = await fetch(`${address}/readyz`);
    await redis.stop();
    const away = await vi.waitFor(async () => {
      const answer = await fetch(`${address}/readyz`);
      expect(answer.status).toBe(503);
      return answer.text();
    }, 30_000);
    const alone = await scrape();

    expect(said).toContain(address);
    expect(stored.exitCode).toBe(0);
    expect(before).toContain('holdfast_newest_backup_age_seconds{app="shop",destination="disk"} +Inf');
    expect(before).toContain('holdfast_runs_total{app="shop",outcome="stored"} 0');
    expect(after).toContain('holdfast_queue_jobs{queue="runs.default",state="waiting"} 0');
    expect(after).toContain('holdfast_run_duration_seconds_count{app="shop"} 1');
    expect(ageIn(after)).toBeLessThan(60);
    expect(numberOf('holdfast_stored_bytes_total{app="shop",destination="disk"}', after)).toBeGreaterThan(0);
    expect(ready.status).toBe(200);
    expect(away).toContain('The queue does not answer');
    expect(alone).toContain('holdfast_queue_up 0');
    expect(ageIn(alone)).toBeGreaterThan(ageIn(after));
  });
});

function ageIn(lines: readonly string[]): number {
  return numberOf('holdfast_newest_backup_age_seconds{app="shop",destination="disk"}', lines);
}

function numberOf(series: string, lines: readonly string[]): number {
  return Number(
    lines
      .find((line) => line.startsWith(`${series} `))
      ?.split(' ')
      .at(-1),
  );
}
