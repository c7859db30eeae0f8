import type { HealthVerdict } from './verdict.ts';

/**
 * Whether an app has a worker at all. A group none of which lives neither backs its apps up nor looks at them, however
 * healthy they were.
 */
export function judgeWorkers(app: string, group: string, isAlive: boolean): HealthVerdict {
  if (isAlive) return { app, failures: [], undecided: [] };
  return {
    app,
    failures: [
      {
        check: 'worker',
        problem: `No worker of the group ${group} is alive: ${app} is neither backed up nor looked at.`,
        advice: `Start one on the machine that holds the data: holdfast worker --group ${group}`,
      },
    ],
    undecided: [],
  };
}
