import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { State } from '../../src/state/state.ts';
import { unlessBeingRead, whileReading } from '../../workers/reading.ts';

const key = 'shop/2026-11-22-03-15-00.zip';
const disk = { name: 'disk' };

it('a backup is never read and removed both, in whatever order the steps of the two are taken', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const state = stateInTurns(scheduler);
      const under = new Set<string>();
      const met: string[][] = [];
      const taking = (what: string) => async () => {
        under.add(what);
        met.push([...under]);
        await scheduler.schedule(Promise.resolve(), what);
        under.delete(what);
      };

      const reading = whileReading(key, disk, state, taking('reading'));
      const removing = unlessBeingRead(key, disk, state, taking('removing'));
      await scheduler.waitFor(Promise.allSettled([reading, removing]));

      expect(met.filter((both) => both.length > 1)).toEqual([]);
    }),
  );
});

/** A state whose every answer comes when the scheduler says so. */
function stateInTurns(
  scheduler: fc.Scheduler,
): Pick<State, 'remember' | 'recall' | 'forget' | 'claim' | 'release'> {
  const facts = new Map<string, unknown>();
  return {
    remember: scheduler.scheduleFunction(async (name: string, value: unknown) => void facts.set(name, value)),
    recall: scheduler.scheduleFunction(async (name: string) => facts.get(name)),
    claim: scheduler.scheduleFunction(async (name: string, value: unknown) => {
      if (facts.has(name)) return false;
      facts.set(name, value);
      return true;
    }),
    release: scheduler.scheduleFunction(async (name: string, was: unknown) => {
      return facts.get(name) === was && facts.delete(name);
    }),
    forget: scheduler.scheduleFunction(async (name: string) => void facts.delete(name)),
  };
}
