import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { tellingOfTrouble } from '../../../src/queue/bullmq/trouble.ts';

describe('errors that nobody waits for', () => {
  it('are told once, however often the same is tried again', () => {
    const said: string[] = [];
    const tell = tellingOfTrouble((sentence) => said.push(sentence));

    for (const message of ['Wrong password.', 'Wrong password.', 'No such schema.']) tell(new Error(message));

    expect(said).toEqual([
      'The queue had trouble: Wrong password.',
      'The queue had trouble: No such schema.',
    ]);
  });

  it('are not told when the server is away, for the store says that', async () => {
    const said: string[] = [];
    const tell = tellingOfTrouble((sentence) => said.push(sentence));

    tell(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
    tell(new Error('Connection is closed.'));
    tell(await queryAfterTheEnd());

    expect(said).toEqual([]);
  });
});

/** A follower that reads on while it is closed. */
async function queryAfterTheEnd(): Promise<Error> {
  const client = new pg.Client();
  await client.end();
  return client.query('SELECT 1').then(
    () => new Error('It was answered.'),
    (error: Error) => error,
  );
}
