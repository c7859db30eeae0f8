import { expect, it } from 'vitest';
import { torture } from './torture.ts';

/** Drawn once; `npm run torture` draws others. */
const seed = 20261123;

it('loses nothing, leaves nothing and tells everything once, whatever breaks in the middle of a run', async () => {
  const said: string[] = [];

  const { broken, runs, archivesLookedInto, transfers, log } = await torture({
    seed,
    runs: 6,
    say: (sentence) => said.push(sentence),
  });

  expect({ broken, ...(broken.length > 0 && { seed, said, log }) }).toEqual({ broken: [] });
  expect(runs).toBeGreaterThanOrEqual(6);
  expect(archivesLookedInto).toBeGreaterThanOrEqual(6);
  expect(transfers).toBeGreaterThan(100);
});
