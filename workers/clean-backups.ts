import type { CleanCommand } from '../src/domain/clean-command.ts';
import type { CleanedPlace, CleanedReport, CleanupPlanReport } from '../src/domain/cleanup-report.ts';
import { toInstant } from '../src/domain/instant.ts';
import type { CleanJob } from '../src/queue/contracts.ts';
import type { JobInHand } from '../src/queue/queue.ts';
import type { App } from './app.ts';
import { chooseDestinations } from './choose-destinations.ts';
import { carryOutPlans } from './clean/carry-out-plans.ts';
import { hashOf, planApp } from './clean/plan-app.ts';
import { planReport } from './clean/plan-report.ts';
import type { Tools } from './tools.ts';

type PlanTools = Pick<Tools, 'state' | 'queue' | 'group' | 'clock'>;
type CleanTools = PlanTools & Pick<Tools, 'log' | 'stopping'>;

type Asked = Pick<CleanCommand, 'app' | 'at' | 'how'>;

/** What a clean would remove and keep, and why. Nothing is changed. */
export async function planCleanupOf(app: App, asked: Asked, tools: PlanTools): Promise<CleanupPlanReport> {
  const now = tools.clock();
  const places = await planApp(app, chooseDestinations(app, asked.at), { ...tools, now, unattended: false });
  return planReport(places, asked, now);
}

/**
 * Lists and plans again, and removes what is to go if that is the plan that was confirmed, or if no confirmation is needed.
 * If it is another plan, nothing is removed and that one is told instead. Whoever cancels it, or a worker that stops, breaks it
 * off between two backups. @throws {HandedBack}
 */
export async function cleanBackups(
  app: App,
  job: JobInHand<CleanJob>,
  tools: CleanTools,
): Promise<CleanedReport | CleanupPlanReport> {
  const { clock } = tools;
  const { command, askedBy } = job.data;
  const startedAt = clock();
  const unattended = command.how === 'yes';
  const plans = await planApp(app, chooseDestinations(app, command.at), {
    ...tools,
    now: startedAt,
    unattended,
  });
  if (!unattended && hashOf(plans) !== command.plan) {
    const insteadOf = job.attempt > 1 ? 'a-broken-off-clean' : 'another-plan';
    return { ...planReport(plans, command, startedAt), insteadOf };
  }

  const { places, cancelled } = await carryOutPlans(plans, job, tools);
  const verdicts = plans.flatMap((plan) => (plan.reachable ? [plan.evidence] : []));
  const isBrokenOff = places.some((place) => place.reachable && place.notTried > 0);
  return {
    kind: 'cleaned',
    jobId: job.id,
    app: app.name,
    askedBy,
    startedAt: toInstant(startedAt),
    finishedAt: toInstant(clock()),
    ...(cancelled && isBrokenOff
      ? { outcome: 'cancelled', cancelledBy: cancelled.by }
      : { outcome: outcomeOf(places) }),
    places,
    ...(unattended && { verdicts }),
  };
}

function outcomeOf(places: readonly CleanedPlace[]): CleanedReport['outcome'] {
  if (places.every(isClean)) return 'cleaned';
  return places.some((place) => place.reachable && (isClean(place) || place.removed.length > 0))
    ? 'partly'
    : 'failed';
}

function isClean(place: CleanedPlace): boolean {
  if (!place.reachable) return place.writeOnly;
  return place.failed.length === 0 && place.notTried === 0;
}
