import { z } from 'zod';
import { AppName } from '../backup.ts';
import { CheckName, HealthFailure } from './check.ts';

/** How one app is at one destination, or whether it has a worker at all; as reports carry it. */
export const HealthVerdict = z.object({
  app: AppName,
  /** Left out where it is about the workers of the app. */
  destination: z.string().optional(),
  /** None when it is healthy. */
  failures: z.array(HealthFailure),
  /** What could not be told this time: neither good nor bad. */
  undecided: z.array(CheckName),
});
export type HealthVerdict = z.infer<typeof HealthVerdict>;

/** By app, then by destination, however the answers came in. */
export function inOrder(verdicts: readonly HealthVerdict[]): HealthVerdict[] {
  return verdicts.toSorted(
    (a, b) => compare(a.app, b.app) || compare(a.destination ?? '', b.destination ?? ''),
  );
}

export function isHealthy(verdicts: readonly HealthVerdict[]): boolean {
  return verdicts.every(({ failures }) => failures.length === 0);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
