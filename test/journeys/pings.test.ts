import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PingOptions } from '../../src/ops/ping-options.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startPingServer } from '../support/ping-server.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { embedded } from '../support/stores.ts';

const store = openStoreForAll(embedded);

/** A shop that pings this address, and the console in front of it. */
async function shopThatPings(address: string) {
  const app = { ...shop([disk('disk'), disk('attic')]), pings: PingOptions.parse(address) };
  const product = await startProduct(store(), { apps: [app] });
  return { app, ...product };
}

describe('whoever watches an app from outside', () => {
  it('hears when a run begins and that it was stored', async () => {
    const server = await startPingServer(200);
    const { say } = await shopThatPings(`${server.url}/shop`);

    const { text } = await say('run shop');

    expect(text).toContain('is stored');
    expect(await server.askedFor(2)).toEqual(['/shop/start', '/shop']);
  });

  it('hears that a run failed', async () => {
    const server = await startPingServer(200);
    const { app, say } = await shopThatPings(`${server.url}/shop`);
    rmSync(join(app.source), { recursive: true });

    await say('run shop');

    expect(await server.askedFor(2)).toEqual(['/shop/start', '/shop/fail']);
  });

  it('hears nothing of a run of a part, which would prove nothing', async () => {
    const server = await startPingServer(200);
    const { say } = await shopThatPings(`${server.url}/shop`);

    const part = await say('run shop --only-files');
    const place = await say('run shop --to disk');
    await say('run shop');

    expect([part.text, place.text]).toEqual([
      expect.stringContaining('is stored'),
      expect.stringContaining('is stored'),
    ]);
    expect(await server.askedFor(2)).toEqual(['/shop/start', '/shop']);
  });

  it('delays and fails nothing when it hangs, and its address is in no log', async () => {
    const server = await startPingServer('hang');
    const { say, logged } = await shopThatPings(`${server.url}/a-secret-address`);

    const { text } = await say('run shop');
    await server.askedFor(2);

    expect(text).toContain('is stored');
    expect(text).not.toContain('a-secret-address');
    expect(JSON.stringify(logged)).not.toContain('a-secret-address');
  });
});
