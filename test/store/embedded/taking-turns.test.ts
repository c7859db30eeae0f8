import { describe, expect, it } from 'vitest';
import { takingTurns } from '../../../src/store/embedded/taking-turns.ts';

describe('sessions that are one session in truth', () => {
  it('keeps the statements of others out of a transaction', async () => {
    const turns = takingTurns();
    const [mine, yours] = [{}, {}];
    const ran: string[] = [];
    const run = (session: object, statement: string) =>
      turns.take(session, statement, async () => void ran.push(statement));

    await run(mine, 'BEGIN');
    const others = [run(yours, 'SELECT 1'), run({}, 'SELECT 2')];
    await run(mine, 'INSERT');
    await run(mine, 'COMMIT');
    await Promise.all(others);

    expect(ran).toEqual(['BEGIN', 'INSERT', 'COMMIT', 'SELECT 1', 'SELECT 2']);
  });

  it('gives the next transaction its turn after the first', async () => {
    const turns = takingTurns();
    const [mine, yours] = [{}, {}];
    await turns.take(mine, 'BEGIN', async () => {});
    const begun = turns.take(yours, 'BEGIN', async () => turns.has(yours));

    await turns.take(mine, 'ROLLBACK', async () => {});

    expect(await begun).toBe(true);
    expect(turns.has(mine)).toBe(false);
  });

  it('goes on after a statement that failed, also the last of a transaction', async () => {
    const turns = takingTurns();
    const mine = {};
    await turns.take(mine, 'BEGIN', async () => {});

    await turns.take(mine, 'COMMIT', () => Promise.reject(new Error('No.'))).catch(() => undefined);

    expect(await turns.take({}, 'SELECT 1', async () => 1)).toBe(1);
  });
});
