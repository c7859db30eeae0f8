import { DateTime } from 'luxon';
import { expect, it, onTestFinished } from 'vitest';
import { openCards } from '../../src/bot/cards.ts';
import { openOutbox } from '../../src/bot/outbox.ts';
import { deliver } from '../../src/bot/tell.ts';
import { openLog } from '../../src/log.ts';
import { openQueue } from '../../src/queue/bullmq.ts';
import type { Delivery } from '../../src/queue/contracts.ts';
import type { JobInHand } from '../../src/queue/queue.ts';
import { openState } from '../../src/state/registry.ts';
import type { State } from '../../src/state/state.ts';
import { type MemoryPlatform, memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { onRedis } from '../support/stores.ts';

const store = openStoreForAll(onRedis);
const log = openLog({ level: 'silent', redact: (text) => text, forPeople: false });

const job: JobInHand<Delivery> = {
  id: 'r_1.slack.C1',
  data: {
    jobId: 'r_1',
    report: { kind: 'trouble', doing: 'list', reason: 'It was away.' },
    to: { platform: 'slack', place: 'C1' },
  },
  attempt: 1,
  deaths: 0,
  isLastAttempt: false,
  progress() {},
  signal: new AbortController().signal,
};

function toolsFor(platform: MemoryPlatform, state: State) {
  const clock = () => DateTime.utc();
  const queue = openQueue(store(), { warn: log.warn });
  onTestFinished(() => queue.close());
  const outbox = openOutbox({ platforms: [platform], channels: [], state, queue, log, clock });
  return { state, clock, outbox, cards: openCards(() => platform, state, log) };
}

it('posts a report once, though its delivery is handed out again after it was taken', async () => {
  const platform = memoryPlatform('slack');
  const state = openState(store());
  const tools = toolsFor(platform, state);

  await deliver(job, tools);
  await deliver({ ...job, attempt: 2 }, tools);

  expect(platform.shown).toHaveLength(1);
});

it('posts it with the next try when the platform did not take it', async () => {
  const platform = memoryPlatform('slack');
  const state = openState({ ...store(), prefix: 'another' });
  const tools = toolsFor(platform, state);
  platform.refuse(true);

  const failure = await deliver(job, tools).catch((error) => error);
  platform.refuse(false);
  await deliver({ ...job, attempt: 2 }, tools);

  expect(failure).toBeInstanceOf(Error);
  expect(platform.shown).toHaveLength(1);
});
