import type { Found, FoundPlace } from '../../domain/digest/digest-facts.ts';
import type { HealthVerdict } from '../../domain/health/verdict.ts';
import type { Holding, Report } from '../../domain/report.ts';

/** What a worker group answered, app by app; nothing where it could not answer. */
export function foundIn(answer: Report): [app: string, Found][] {
  if (answer.kind !== 'health') return [];
  const verdicts = byApp(answer.verdicts);
  return [...byApp(answer.holdings)].map(([app, holdings]) => [
    app,
    { places: holdings.map(placeOf), problems: (verdicts.get(app) ?? []).flatMap(problemsOf) },
  ]);
}

function byApp<Each extends { readonly app: string }>(all: readonly Each[]): Map<string, Each[]> {
  const groups = new Map<string, Each[]>();
  for (const each of all) {
    const group = groups.get(each.app);
    if (group === undefined) groups.set(each.app, [each]);
    else group.push(each);
  }
  return groups;
}

function placeOf(holding: Holding): FoundPlace {
  const { destination } = holding;
  if (!holding.reachable) return { reachable: false, destination, writeOnly: holding.writeOnly ?? false };
  const { totalInBytes, newest, limitInBytes, verification } = holding;
  return {
    reachable: true,
    destination,
    totalInBytes,
    ...(newest !== undefined && { newestAt: newest.takenAt }),
    ...(limitInBytes !== undefined && { limitInBytes }),
    ...(verification && { verification }),
  };
}

function problemsOf({ failures }: HealthVerdict): string[] {
  return failures.map(({ problem }) => problem);
}
