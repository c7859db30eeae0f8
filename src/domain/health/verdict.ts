import { z } from 'zod';
import { AppName } from '../backup.ts';
import { HealthFailure } from './check.ts';

/** How one app is at one destination, as reports carry it. */
export const HealthVerdict = z.object({
  app: AppName,
  destination: z.string(),
  /** None when it is healthy. */
  failures: z.array(HealthFailure),
});
export type HealthVerdict = z.infer<typeof HealthVerdict>;

/** By app, then by destination, however the answers came in. */
export function inOrder(verdicts: readonly HealthVerdict[]): HealthVerdict[] {
  return verdicts.toSorted((a, b) => compare(a.app, b.app) || compare(a.destination, b.destination));
}

export function isHealthy(verdicts: readonly HealthVerdict[]): boolean {
  return verdicts.every(({ failures }) => failures.length === 0);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
