import type { DateTime } from 'luxon';
import type { CleanCommand } from '../../src/domain/clean-command.ts';
import type { CleanupPlanReport, PlannedPlace } from '../../src/domain/cleanup-report.ts';
import { toInstant } from '../../src/domain/instant.ts';
import { writeCommand } from '../../src/domain/write-command.ts';
import { judged } from './judged.ts';
import { hashOf, type PlacePlan } from './plan-app.ts';
import { warningsOf } from './warnings-of.ts';

/** A plan as people are told of it, with the words that carry out exactly this one. */
export function planReport(
  places: readonly PlacePlan[],
  { app, at, how }: Pick<CleanCommand, 'app' | 'at' | 'how'>,
  now: DateTime,
): CleanupPlanReport {
  const hash = hashOf(places);
  return {
    kind: 'cleanup-plan',
    app,
    at: toInstant(now),
    dryRun: how === 'dry-run',
    ...(hash !== undefined && {
      hash,
      confirmation: writeCommand({ verb: 'clean', app, at: [...at], plan: hash }),
    }),
    places: places.map(plannedPlace),
  };
}

function plannedPlace(place: PlacePlan): PlannedPlace {
  const destination = place.destination.name;
  if (!place.reachable) return { ...place, destination };
  const { keep, remove } = place.plan;
  return {
    reachable: true,
    destination,
    keep: keep.map(judged),
    remove: remove.map(judged),
    leftovers: [...place.leftovers],
    vanished: [...place.vanished],
    warnings: warningsOf(place),
  };
}
