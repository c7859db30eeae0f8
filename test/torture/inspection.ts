import { manifestKey } from '../../src/domain/backup-key.ts';
import { compareWords } from './compare-words.ts';
import { wronglyGone } from './gone.ts';
import { archivesAmong, type Good, lookInto, type Store, storesOf } from './inspect.ts';
import { type Content, watchLitter } from './litter.ts';
import type { World } from './world.ts';

/** So many backups stay at each place; a small disk holds no more. */
const kept = 4;

/** Looks after each run whether what was promised holds. */
export interface Inspection {
  /** Everything that must not be, in sentences; what was said before is not said again. */
  look(): Promise<string[]>;
  /** Removes the backups that came first, behind the product's back. */
  makeRoom(): Promise<void>;
  /** How many archives were unpacked, compared and loaded. */
  lookedInto(): number;
  /** How many went with a clean. */
  cleanedAway(): number;
}

export function startInspection(world: World, folder: string): Inspection {
  const stores = storesOf(world);
  const removed = new Set<string>();
  const said = new Set<string>();
  const lookForLitter = watchLitter(world.temporary);
  let good: Good[] = [];
  let cleans = { confirmed: 0, whole: 0 };
  let lookedInto = 0;
  let cleanedAway = 0;

  async function lookAt(store: Store, { keys }: Content, wasCleaned: boolean): Promise<string[]> {
    const before = keysAt(store);
    const wrong = await lookIntoNew(store, keys);
    const gone = good.filter(({ key, store: at }) => at === store.name && !keys.includes(key));
    cleanedAway += gone.length;
    forget(gone);
    const bare = keysAt(store).filter((key) => !keys.includes(manifestKey(key)));
    return [
      ...wrong,
      ...bare.map((key) => `${key} at ${store.name} has lost its manifest`),
      ...wronglyGone({ name: store.name, before, now: keysAt(store) }, wasCleaned),
    ];
  }

  function keysAt({ name }: Store): string[] {
    return good.filter((one) => one.store === name).map(({ key }) => key);
  }

  async function lookIntoNew(store: Store, keys: readonly string[]): Promise<string[]> {
    const known = keysAt(store);
    const wrong: string[] = [];
    for (const key of archivesAmong(keys).filter((key) => !known.includes(key))) {
      lookedInto += 1;
      const seen = await lookInto(store, key, world.bank, folder);
      if ('wrong' in seen) wrong.push(seen.wrong);
      else good.push({ store: store.name, key, runId: seen.runId });
    }
    return wrong;
  }

  function forget(gone: readonly Good[]): void {
    for (const { runId } of gone) removed.add(runId);
    good = good.filter((one) => !gone.includes(one));
  }

  return {
    async look() {
      const before = cleans;
      cleans = cleansOf(world);
      const looks = stores.map(async (store) => {
        const content = { name: store.name, keys: await store.everything() };
        return { content, wrong: await lookAt(store, content, cleans.confirmed > before.confirmed) };
      });
      const seen = await Promise.all(looks);
      const found = seen.flatMap(({ wrong }) => wrong);
      const contents = seen.map(({ content }) => content);
      found.push(...(await lookForLitter(contents, cleans.whole > before.whole)));
      found.push(...compareWords(world, { good, removed, places: stores.length }), ...crashesOf(world));
      const news = found.filter((one) => !said.has(one));
      for (const one of news) said.add(one);
      return news;
    },
    async makeRoom() {
      for (const store of stores) {
        const old = good.filter((one) => one.store === store.name).slice(0, -kept);
        for (const { key } of old) {
          await store.remove(key);
          await store.remove(manifestKey(key));
        }
        forget(old);
      }
    },
    lookedInto: () => lookedInto,
    cleanedAway: () => cleanedAway,
  };
}

function cleansOf({ chat }: World) {
  const whole = chat.cleansTold().filter(({ isWhole }) => isWhole);
  return { confirmed: chat.cleansConfirmed(), whole: whole.length };
}

function crashesOf({ bot, workers }: World): string[] {
  return [bot, ...workers]
    .filter((kept) => kept.crashes() > 0)
    .map((kept) => `A process ended by itself: ${kept.log().slice(-3).join(' | ')}`);
}
