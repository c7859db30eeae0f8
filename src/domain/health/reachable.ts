import { CheckName } from './check.ts';
import type { HealthVerdict } from './verdict.ts';

/** A destination that could not be looked at; whatever else may be wrong there is not known. */
export function unreachable(app: string, destination: string, problem: string): HealthVerdict {
  return {
    app,
    destination,
    failures: [
      {
        check: 'reachable',
        problem: `${destination} could not be looked at for backups of ${app}: ${problem}`,
        advice: `When that is put right: /backup monitor ${app}`,
      },
    ],
    undecided: CheckName.options.filter((check) => check !== 'reachable'),
  };
}
