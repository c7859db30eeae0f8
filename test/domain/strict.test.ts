import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { strict } from '../../src/domain/strict.ts';

const Server = strict({ host: z.string(), port: z.int().default(3306) });

describe('an object of the configuration', () => {
  it('is taken with its defaults', () => {
    expect(Server.parse({ host: 'db' })).toEqual({ host: 'db', port: 3306 });
  });

  it.each([
    [{ host: 'db', prot: 1 }, /^There is no key "prot" here. Did you mean "port"\?$/],
    [{ host: 'db', colour: 1 }, /^There is no key "colour" here. There are host, port.$/],
    [{ host: 'db', hots: 1, x: 2 }, /Did you mean "host"\?\sThere is no key "x" here/],
  ])('%j has a key nobody knows, and is told the likely one', (written, sentence) => {
    const { error } = Server.safeParse(written);

    expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(sentence)]);
  });

  it('keeps the words of every other problem', () => {
    const { error } = Server.safeParse({ host: 7 });

    expect(error?.issues).toMatchObject([
      { path: ['host'], message: expect.stringContaining('expected string') },
    ]);
  });
});
