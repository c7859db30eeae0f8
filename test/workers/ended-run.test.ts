import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { DateTime } from 'luxon';
import { expect, it, onTestFinished } from 'vitest';
import { openPinger } from '../../src/ops/pinger.ts';
import { openQueue } from '../../src/queue/bullmq.ts';
import { reports } from '../../src/queue/contracts.ts';
import { openState } from '../../src/state/registry.ts';
import { handleRun } from '../../workers/handle-job.ts';
import { rememberRun } from '../../workers/remember-run.ts';
import { inHand } from '../support/job-in-hand.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { failedRun } from '../support/run-report.ts';
import { disk, shop } from '../support/shop.ts';
import { embedded } from '../support/stores.ts';

const store = openStoreForAll(embedded);
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

it('a run that had ended is told as it ended, and not made again, though its job comes to another worker', async () => {
  const place = { ...store(), prefix: `ended-${randomUUID()}` };
  const queue = openQueue(place, { warn: () => {} });
  onTestFinished(() => queue.close());
  const target = disk('disk');
  const tools = {
    ...{ group: 'default', queue, state: openState(place), log: quiet, redact: (text: string) => text },
    ...{ apps: new Map([['shop', shop([target])]]), clock: () => DateTime.utc() },
    ...{ stopping: new AbortController().signal, pinger: openPinger(() => {}) },
  };
  await rememberRun(failedRun({ runId: 'r_ended', reason: 'The database was away.' }), tools);
  const job = {
    ...{ command: { verb: 'run' as const, app: 'shop', to: [] }, askedAt: '2026-11-22T03:15:00.000Z' },
    askedBy: { id: 'console:me', groups: [] },
  };

  await handleRun(inHand('r_ended', job, { attempt: 2 }), tools);

  const told = await queue.unfinished(reports);
  expect(told.map(({ data }) => data.report)).toMatchObject([
    { runId: 'r_ended', outcome: 'failed', reason: 'The database was away.' },
  ]);
  expect(readdirSync(target.folder ?? '')).toEqual([]);
});
