import { createHash } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Firing } from '../../src/domain/firing.ts';
import { toInstant } from '../../src/domain/instant.ts';
import { jobIdOf } from '../../src/domain/job-id.ts';
import { logReport } from '../../src/log-report.ts';
import { cleansOf, questionsOf, reports, runsOf, verifiesOf } from '../../src/queue/contracts.ts';
import type { Added } from '../../src/queue/queue.ts';
import type { Tools } from '../tools.ts';

/** A firing that somebody sees to: its id in the queue, and what it is about. */
export interface DueChore {
  readonly id: string;
  readonly data: Firing;
}

/** Reports which firings nobody was there for. @throws {QueueError} */
export async function tellMissed(
  due: DueChore,
  missed: readonly DateTime[],
  now: DateTime,
  { queue, log }: Pick<Tools, 'queue' | 'log'>,
): Promise<void> {
  const { app, chore } = due.data;
  const report = { kind: 'missed', app, chore, due: missed.map(toInstant), at: toInstant(now) } as const;
  logReport(report, log);
  const jobId = `missed.${idFor('q', due)}`;
  await queue.add(reports, { id: `report.${jobId}`, attempts: 20, data: { jobId, report } });
}

/** Queues what is due, as if somebody had asked for it. @throws {QueueError} */
export async function queueChore(
  due: DueChore,
  now: DateTime,
  tools: Pick<Tools, 'queue' | 'group' | 'log'>,
): Promise<void> {
  const { queue, group } = tools;
  const { app, chore, delayInSeconds } = due.data;
  const asked = {
    askedBy: { id: `schedule:${app}`, name: 'its schedule', groups: [] },
    askedAt: toInstant(now),
  };
  const delayInMs = delayInSeconds * 1000;

  switch (chore) {
    case 'run': {
      const command = { verb: 'run' as const, app, to: [] };
      const run = { id: idFor('r', due), once: `run.${app}`, delayInMs, data: { command, ...asked } };
      noteUnlessAdded(await queue.add(runsOf(group), run), due.data, tools);
      return;
    }
    case 'clean': {
      const command = { verb: 'clean' as const, app, at: [], how: 'yes' as const };
      const clean = {
        id: idFor('c', due),
        once: `clean.${app}`,
        delayInMs,
        data: { command, ...asked },
      };
      noteUnlessAdded(await queue.add(cleansOf(group), clean), due.data, tools);
      return;
    }
    case 'monitor': {
      const question = { about: 'health' as const, apps: [app] };
      await queue.add(questionsOf(group), { id: idFor('q', due), delayInMs, data: { question, ...asked } });
      return;
    }
    case 'verify': {
      const command = { verb: 'verify' as const, app, at: [], which: 'due' as const };
      const verification = {
        id: idFor('v', due),
        once: `verify.${app}`,
        delayInMs,
        data: { command, ...asked },
      };
      noteUnlessAdded(await queue.add(verifiesOf(group), verification), due.data, tools);
    }
  }
}

/** One that is unfinished serves for both. */
function noteUnlessAdded(added: Added, { app, chore }: Firing, { log }: Pick<Tools, 'log'>): void {
  if (added.added) return;
  log.warn(`The ${chore} of ${app} that is due is not queued: ${added.metId} has not ended yet.`, {
    ...{ app, chore, outcome: 'left-out', met: added.metId },
  });
}

/** Always the same for a firing, so that one that is seen to again after a crash adds nothing. */
function idFor(prefix: 'r' | 'c' | 'v' | 'q', { id }: DueChore): string {
  return jobIdOf(prefix, createHash('sha256').update(id).digest());
}
