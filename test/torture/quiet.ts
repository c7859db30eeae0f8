import { setTimeout as pause } from 'node:timers/promises';
import { openQueue } from '../../src/queue/bullmq.ts';
import { cleansOf, deliveriesTo, questionsOf, reports, runsOf } from '../../src/queue/contracts.ts';
import type { Queue } from '../../src/queue/queue.ts';
import { StoreOptions } from '../../src/store/options.ts';
import { openStore } from '../../src/store/registry.ts';
import type { World } from './world.ts';

/** So often in a row nothing is going on, before it is believed. */
const looks = 4;
const betweenLooksMs = 150;
const patienceMs = 120_000;

/** Knows when everything that was asked for has come to its end. */
export async function openQuiet({ queue: place, chat }: World) {
  const store = await openStore(StoreOptions.parse(place), () => {});
  const queue = openQueue(store, { warn: () => {} });

  return {
    /** False when something goes on for ever. */
    async settled(): Promise<boolean> {
      const end = Date.now() + patienceMs;
      for (let quiet = 0; quiet < looks; ) {
        if (Date.now() > end) return false;
        await pause(betweenLooksMs);
        quiet = chat.waiting() === 0 && (await isEmpty(queue)) ? quiet + 1 : 0;
      }
      return true;
    },
    async close() {
      await queue.close();
      await store.close();
    },
  };
}

async function isEmpty(queue: Queue): Promise<boolean> {
  try {
    const unfinished = await Promise.all([
      queue.unfinished<unknown>(runsOf('default')),
      queue.unfinished<unknown>(cleansOf('default')),
      queue.unfinished<unknown>(questionsOf('default')),
      queue.unfinished(reports),
      queue.unfinished(deliveriesTo({ platform: 'telegram' })),
    ]);
    return unfinished.flat().length === 0;
  } catch {
    return false; // The queue is still coming back.
  }
}
