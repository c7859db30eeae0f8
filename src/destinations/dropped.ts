import type { Stored } from '../domain/report.ts';
import { humanDuration } from '../domain/units.ts';
import { type Destination, DestinationError } from './destination.ts';

type Named = Pick<Destination, 'name'>;

/** Why a destination was given up that takes nothing any more. */
export function stalled({ name }: Named, timeoutInMs: number): DestinationError {
  return new DestinationError(
    `${name} took no byte for ${humanDuration(timeoutInMs / 1000)}, so it was given up.`,
    { kind: 'not-reached' },
  );
}

/** Why a destination gets its archive later, if at all. */
export function leftBehind({ name }: Named): DestinationError {
  return new DestinationError(
    `${name} took no byte any more and kept the others waiting, so they went on without it.`,
    { kind: 'not-reached' },
  );
}

/** Why nobody knows whether a destination holds what was sent. */
export function notComparedInTime({ name }: Named): DestinationError {
  return new DestinationError(
    `${name} did not give the archive back in time, so it was not compared with what was sent.`,
    { kind: 'not-reached' },
  );
}

/** The row of a destination that does not hold the archive. */
export function failed({ name }: Named, error: unknown): Stored {
  return {
    outcome: 'failed',
    destination: name,
    reason: error instanceof Error ? error.message : String(error),
    refused: !(error instanceof DestinationError && error.kind === 'not-reached'),
  };
}
