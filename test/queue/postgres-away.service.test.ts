import { Client } from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openState } from '../../src/state/registry.ts';
import { StoreOptions } from '../../src/store/options.ts';
import { openStore } from '../../src/store/registry.ts';
import { startOwnPostgres } from '../support/services/postgres.ts';
import { bearsThatItsServerIsAway } from './server-away.ts';

describe('the queue while PostgreSQL is away', () => {
  bearsThatItsServerIsAway(() => startOwnPostgres(), /PostgreSQL at 127\.0\.0\.1:\d+\/postgres /);
});

describe('a PostgreSQL that has become a read-only replica', () => {
  it('is left, so that the next connection finds the one that takes work', async () => {
    const server = await startOwnPostgres();
    onTestFinished(() => server.stop());
    const admin = new Client({ connectionString: server.url });
    await admin.connect();
    onTestFinished(() => admin.end());
    const url = await server.database();
    const name = new URL(url).pathname.slice(1);
    const store = await openStore(StoreOptions.parse({ url }), () => {});
    onTestFinished(() => store.close());
    const state = openState(store);
    await state.remember('before', true, 60);

    // Sessions that begin now cannot write, and stay so when others can again.
    await admin.query(`ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    const refusal = await refused(() => state.remember('meanwhile', true, 60));
    await admin.query(`ALTER DATABASE "${name}" RESET default_transaction_read_only`);

    expect(refusal).toMatch(/said no \(cannot execute .* in a read-only transaction\)/);
    await state.remember('after', true, 60);
    expect(await state.recall('after')).toBe(true);
  });
});

/** The connections that were cut are noticed one after the other. */
async function refused(attempt: () => Promise<void>): Promise<string> {
  return vi.waitFor(async () => {
    const said = await attempt().catch((error: Error) => error.message);
    if (!said?.includes('read-only')) throw new Error(`It said ${said}.`);
    return said;
  }, 20_000);
}
