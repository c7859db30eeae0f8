import type { PlacePlan } from './plan-app.ts';

/** What whoever cleans should know of a destination: what cannot be right there, and what to do about it. */
export function warningsOf({ plan, evidence, notes }: Extract<PlacePlan, { reachable: true }>): string[] {
  const found = evidence.failures.map(({ problem, advice }) => `${problem} ${advice}`);
  return [...plan.warnings, ...found, ...notes];
}
