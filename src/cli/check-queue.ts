import type { Checked } from '../../workers/check-apps.ts';
import { sentenceOf } from '../log.ts';
import { openQueue } from '../queue/bullmq.ts';
import { runsOf } from '../queue/contracts.ts';
import { openState } from '../state/registry.ts';
import type { StoreOptions } from '../store/options.ts';
import { openStore } from '../store/registry.ts';

/** Whether it takes work, and not only whether it answers. */
export async function checkQueue(options: StoreOptions, group: string): Promise<Checked> {
  const subject = 'queue';
  const store = await openStore(options, () => {}); // What it would warn of is in what fails.
  const queue = openQueue(store, { warn: () => {} });
  const state = openState(store);
  try {
    await state.remember('check', true, 60);
    await queue.depth(runsOf(group));
    return { subject };
  } catch (thrown) {
    return { subject, problem: sentenceOf(thrown) };
  } finally {
    await queue.close();
    await state.close();
    await store.close();
  }
}
