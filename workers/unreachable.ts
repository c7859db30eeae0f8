import { DestinationError } from '../src/destinations/destination.ts';
import type { Unreachable } from '../src/domain/health/registry.ts';
import { sentenceOf } from '../src/log.ts';

/** That a destination could not be looked at, as a fact. */
export function unreachable(destination: string, thrown: unknown): Unreachable {
  const writeOnly = thrown instanceof DestinationError && thrown.kind === 'write-only';
  return { reachable: false, destination, problem: sentenceOf(thrown), writeOnly };
}
