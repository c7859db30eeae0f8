import { expect, it } from 'vitest';
import { JobRefused, QueueError } from '../../src/queue/queue.ts';
import { tell } from '../../workers/tell.ts';
import { inHand } from '../support/job-in-hand.ts';
import { failedRun } from '../support/run-report.ts';

const job = inHand('r_1', {
  command: { verb: 'run' as const, app: 'shop', to: [] },
  askedBy: { id: 'console:me', groups: [] },
  askedAt: '2026-11-22T03:15:00.000Z',
});
const stored = failedRun({ outcome: 'stored', warnings: ['odd words'] });

it('reports a run in other words where the queue refuses its content', async () => {
  const added = await told(failedRun({ reason: 'odd words' }), new JobRefused('The queue said no (22P05).'));

  expect(added).toHaveLength(2);
  expect(added[1]).toMatchObject({
    id: 'report.r_1',
    data: { report: { kind: 'run', app: 'shop', outcome: 'failed' } },
  });
  expect(JSON.stringify(added[1])).toContain('The details could not be sent. The queue said no (22P05).');
  expect(JSON.stringify(added[1])).not.toContain('odd words');
});

it('still says of a run that was stored that it was', async () => {
  const [, second] = await told(stored, new JobRefused('The queue said no (54000).'));

  expect(second).toMatchObject({ data: { report: { outcome: 'stored' } } });
});

it('says the same again where the queue was not reached', async () => {
  const [first, second] = await told(stored, new QueueError('Redis was not reached.'));

  expect(second).toEqual(first);
});

/** What was added to a queue that says this once. */
async function told(report: Parameters<typeof tell>[1], trouble: Error): Promise<unknown[]> {
  const added: unknown[] = [];
  const queue = {
    async add(_: unknown, given: unknown) {
      added.push(given);
      if (added.length === 1) throw trouble;
      return { added: true } as const;
    },
  };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  await tell(job, report, { queue, log, redact: (text) => text });
  return added;
}
