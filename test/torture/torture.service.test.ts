import { expect, it } from 'vitest';
import { torture } from './torture.ts';

/** Drawn once; `npm run torture` draws others, and all that can go wrong. */
const seed = 20261123;
const only = ['a worker is killed', 'the bot is killed', 'twenty ask at once', 'Redis is restarted'] as const;

/** Most of it goes by until the servers are there. */
const patience = 300_000;

it(
  'loses nothing, leaves nothing and tells everything once, whatever breaks in the middle of a run',
  async () => {
    const said: string[] = [];

    const { broken, runs, archivesLookedInto, transfers, log } = await torture({
      ...{ seed, only, runs: 3 },
      say: (sentence) => said.push(sentence),
    });

    expect({ broken, ...(broken.length > 0 && { seed, said, log }) }).toEqual({ broken: [] });
    expect(runs).toBeGreaterThanOrEqual(3);
    expect(archivesLookedInto).toBeGreaterThanOrEqual(3);
    expect(transfers).toBeGreaterThan(100);
  },
  patience,
);
