import type { HealthFailure } from './check.ts';

/** A destination that could not be looked at; whatever else may be wrong there is unknown. */
export function unreachable(app: string, destination: string, problem: string): HealthFailure {
  return {
    check: 'reachable',
    problem: `${destination} could not be looked at for backups of ${app}: ${problem}`,
    advice: `When that is put right: /backup monitor ${app}`,
  };
}
