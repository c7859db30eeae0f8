import { readdir } from 'node:fs/promises';
import { manifestKey } from '../../src/domain/backup-key.ts';
import type { Told } from './chat.ts';
import { archivesAmong, type Good, litterAmong, lookInto, type Store, storesOf } from './inspect.ts';
import type { World } from './world.ts';

/** So many backups stay at each place; a small disk holds no more. */
const kept = 4;

/** Looks after each run whether what was promised holds. */
export interface Inspection {
  /** Everything that must not be, in sentences; what was said before is not said again. */
  look(): Promise<string[]>;
  /** Removes old backups, as a policy would. */
  makeRoom(): Promise<void>;
  /** How many archives were unpacked, compared and loaded. */
  lookedInto(): number;
}

export function startInspection(world: World, folder: string): Inspection {
  const stores = storesOf(world);
  const cleaned = new Set<string>();
  const said = new Set<string>();
  let good: Good[] = [];
  let litter = new Set<string>();
  let lookedInto = 0;

  async function lookAt(store: Store): Promise<string[]> {
    const keys = await store.everything();
    const known = good.filter((one) => one.store === store.name).map(({ key }) => key);
    const wrong = known
      .filter((key) => !keys.includes(key))
      .map((key) => `${key} has gone from ${store.name}`);
    for (const key of archivesAmong(keys).filter((key) => !known.includes(key))) {
      lookedInto += 1;
      const seen = await lookInto(store, key, world, folder);
      if ('wrong' in seen) wrong.push(seen.wrong);
      else good.push({ store: store.name, key, runId: seen.runId });
    }
    return wrong;
  }

  /** What lies there now may be gone after the next run; what lay there before must be. */
  async function lookForLitter(): Promise<string[]> {
    const lies = await Promise.all(
      stores.map(async (store) =>
        litterAmong(await store.everything()).map((key) => `${key} at ${store.name}`),
      ),
    );
    const temporary = (await readdir(world.temporary)).filter((name) => name.startsWith('holdfast-'));
    const found = [...lies.flat(), ...temporary.map((name) => `${name} in the temporary folder`)];
    const old = found.filter((one) => litter.has(one));
    litter = new Set(found);
    return old.map((one) => `${one} was left, and is still there a run later`);
  }

  function compareWithWords(): string[] {
    const told = new Map(world.chat.told().map((one) => [one.runId, one]));
    const silent = [...world.chat.heardOf()].filter((runId) => !told.has(runId));
    const twice = [...told.values()].filter(({ times }) => times > 1);
    const untold = good.filter(({ runId }) => ['failed', undefined].includes(told.get(runId)?.outcome));
    const missing = [...told.values()].filter(({ runId }) => !cleaned.has(runId)).filter(isMissing);
    return [
      ...silent.map((runId) => `${runId} has no last word`),
      ...twice.map(({ runId, times }) => `${runId} has ${times} last words`),
      ...untold.map(
        ({ key, runId, store }) =>
          `${key} is at ${store}, and of ${runId} people heard: ${told.get(runId)?.text}`,
      ),
      ...missing.map(({ runId, text }) => `${runId} is not where people heard it is: ${text}`),
    ];
  }

  function isMissing({ runId, outcome }: Told): boolean {
    const least = { stored: stores.length, partly: 1, failed: 0 }[outcome];
    return good.filter((one) => one.runId === runId).length < least;
  }

  return {
    async look() {
      const found = [];
      for (const store of stores) found.push(...(await lookAt(store)));
      found.push(...(await lookForLitter()), ...compareWithWords(), ...crashesOf(world));
      const news = found.filter((one) => !said.has(one));
      for (const one of news) said.add(one);
      return news;
    },
    async makeRoom() {
      for (const store of stores) {
        const mine = good
          .filter((one) => one.store === store.name)
          .toSorted((a, b) => a.key.localeCompare(b.key));
        const old = mine.slice(0, -kept);
        for (const { key, runId } of old) {
          await store.remove(key);
          await store.remove(manifestKey(key));
          cleaned.add(runId);
        }
        good = good.filter((one) => !old.includes(one));
      }
    },
    lookedInto: () => lookedInto,
  };
}

function crashesOf({ bot, workers }: World): string[] {
  return [bot, ...workers]
    .filter((kept) => kept.crashes() > 0)
    .map((kept) => `A process ended by itself: ${kept.log().slice(-3).join(' | ')}`);
}
