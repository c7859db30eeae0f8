import { humanCount } from '../units.ts';
import type { HealthFailure } from './check.ts';

/** A group of workers none of which lives: its apps are neither backed up nor looked at, however healthy they were. */
export function workerGroupIsDead(group: string, apps: readonly string[]): HealthFailure {
  return {
    check: 'worker',
    problem: `No worker of the group ${group} is alive, so ${humanCount(apps.length, 'app')} cannot be backed up or looked at.`,
    advice: `Start one on the machine that holds the data: holdfast worker --group ${group}`,
  };
}
