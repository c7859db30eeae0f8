/*
 * A bot that dies: `node --import tsx dying-bot.ts '{ "options": …, "corner": …, "digest": …, "now": … }'` begins the digest that is due,
 * and is killed as soon as it has asked the first worker group.
 */
import { DateTime } from 'luxon';
import type { PlannedDigest } from '../../src/bot/digest/digest-rule.ts';
import { workOnDigests } from '../../src/bot/digest/digests.ts';
import { presenceKey } from '../../src/domain/presence.ts';
import { openQueue } from '../../src/queue/bullmq.ts';
import { digests } from '../../src/queue/contracts.ts';
import type { Queue } from '../../src/queue/queue.ts';
import { openState } from '../../src/state/registry.ts';
import { StoreOptions } from '../../src/store/options.ts';
import { openStore } from '../../src/store/registry.ts';
import { quickPace } from '../queue/working.ts';

const { options, corner, digest, now } = JSON.parse(process.argv[2] ?? '{}');
const planned: PlannedDigest = digest;
const whole = await openStore(StoreOptions.parse(options), () => {});
const store = { ...whole, prefix: `${whole.prefix}-${corner}` };
const queue = openQueue(store, { warn: () => {}, pace: quickPace });
const state = openState(store);

const dying: Queue = {
  ...queue,
  async add(topic, job) {
    const added = await queue.add(topic, job);
    if (topic.name.startsWith('questions.')) process.kill(process.pid, 'SIGKILL');
    return added;
  },
};

await state.remember(presenceKey('default'), 'alive', 600);
await queue.add(digests, { id: 'firing', attempts: 20, data: { step: 'begin', place: planned.to } });
workOnDigests({
  apps: [{ name: 'shop', runsOn: 'default', destinations: ['disk'] }],
  digests: [planned],
  timezone: 'UTC',
  queue: dying,
  state,
  clock: () => DateTime.fromISO(now),
});
