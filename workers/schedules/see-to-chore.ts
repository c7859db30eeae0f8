import { createHash } from 'node:crypto';
import type { DateTime } from 'luxon';
import { type Firing, Pause, pauseKey } from '../../src/domain/firing.ts';
import { fromInstant, toInstant } from '../../src/domain/instant.ts';
import { jobIdOf } from '../../src/domain/job-id.ts';
import { firingsBetween, type Schedule } from '../../src/domain/schedule.ts';
import { cleansOf, questionsOf, reports, runsOf, verifiesOf } from '../../src/queue/contracts.ts';
import type { JobInHand } from '../../src/queue/queue.ts';
import type { App } from '../app.ts';
import type { Tools } from '../tools.ts';

/** How late a chore may begin before people are told that it was missed. */
const grace = { minutes: 10 };

/** More are not worth counting. */
const mostTold = 100;

const rememberedInSeconds = 400 * 24 * 3600;

/**
 * Queues what is due: a run, a clean, a look or a verification. However many firings nobody was there for, it is done once now, and people are
 * told which were missed. Nothing is queued while the app is paused. @throws {QueueError} @throws {StateError}
 */
export async function seeToChore(job: JobInHand<Firing>, tools: Tools): Promise<void> {
  const { app: name, chore } = job.data;
  const app = tools.apps.get(name);
  const schedule = app?.chores[chore];
  if (app === undefined || schedule === undefined) return; // It was taken out of the configuration meanwhile.

  const now = tools.clock();
  if (await isPaused(name, tools)) {
    tools.log.info(`The ${chore} of ${name} that was due is left out: its schedule is paused.`);
    return remember(job.data, now, tools);
  }
  const missed = await missedSince(job.data, schedule, now, tools);
  if (missed.length > 0) await tellMissed(job, missed, now, tools);
  await queueChore(job, app, now, tools);
  await remember(job.data, now, tools);
}

/** The firings since the last one that was seen to, but for the one that is due just now; none when it is not known which that was. */
async function missedSince(
  firing: Firing,
  schedule: Schedule,
  now: DateTime,
  { state }: Tools,
): Promise<DateTime[]> {
  const last = await state.recall(seenToKey(firing));
  if (typeof last !== 'string') return [];
  const { delayInSeconds: _, ...onTheClock } = schedule;
  return firingsBetween(onTheClock, fromInstant(last), now.minus(grace), mostTold);
}

async function remember(firing: Firing, now: DateTime, { state }: Tools): Promise<void> {
  await state.remember(seenToKey(firing), toInstant(now), rememberedInSeconds);
}

function seenToKey({ app, chore }: Firing): string {
  return `seen-to.${chore}.${app}`;
}

async function isPaused(app: string, { state, clock }: Tools): Promise<boolean> {
  const pause = Pause.safeParse(await state.recall(pauseKey(app)));
  if (!pause.success) return false;
  const { until } = pause.data;
  return until === undefined || fromInstant(until) > clock();
}

async function tellMissed(
  job: JobInHand<Firing>,
  missed: readonly DateTime[],
  now: DateTime,
  { queue }: Tools,
): Promise<void> {
  const { app, chore } = job.data;
  const report = { kind: 'missed', app, chore, due: missed.map(toInstant), at: toInstant(now) } as const;
  const jobId = `missed.${idFor('q', job)}`;
  await queue.add(reports, { id: `report.${jobId}`, attempts: 20, data: { jobId, report } });
}

async function queueChore(
  job: JobInHand<Firing>,
  app: App,
  now: DateTime,
  { queue, group }: Tools,
): Promise<void> {
  const { chore, delayInSeconds } = job.data;
  const asked = {
    askedBy: { id: `schedule:${app.name}`, name: 'its schedule', groups: [] },
    askedAt: toInstant(now),
  };
  const delayInMs = delayInSeconds * 1000;

  switch (chore) {
    case 'run': {
      const command = { verb: 'run' as const, app: app.name, to: [] };
      const run = { id: idFor('r', job), once: `run.${app.name}`, delayInMs, data: { command, ...asked } };
      await queue.add(runsOf(group), run);
      return;
    }
    case 'clean': {
      const command = { verb: 'clean' as const, app: app.name, at: [], how: 'yes' as const };
      const clean = {
        id: idFor('c', job),
        once: `clean.${app.name}`,
        delayInMs,
        data: { command, ...asked },
      };
      await queue.add(cleansOf(group), clean);
      return;
    }
    case 'monitor': {
      const question = { about: 'health' as const, apps: [app.name] };
      await queue.add(questionsOf(group), { id: idFor('q', job), delayInMs, data: { question, ...asked } });
      return;
    }
    case 'verify': {
      const command = { verb: 'verify' as const, app: app.name, at: [], which: 'due' as const };
      const verification = {
        id: idFor('v', job),
        once: `verify.${app.name}`,
        delayInMs,
        data: { command, ...asked },
      };
      await queue.add(verifiesOf(group), verification);
    }
  }
}

/** Always the same for a firing, so that one that is seen to again after a crash adds nothing. */
function idFor(prefix: 'r' | 'c' | 'v' | 'q', { id }: JobInHand<Firing>): string {
  return jobIdOf(prefix, createHash('sha256').update(id).digest());
}
