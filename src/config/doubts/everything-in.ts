import type { Path } from '../problems.ts';

/** Something in a configuration, and where. */
export interface Place {
  readonly path: Path;
  readonly value: unknown;
}

/** A configuration, and everything in it. */
export function* everythingIn(value: unknown, path: Path = []): Generator<Place> {
  yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inside] of Object.entries(value))
    yield* everythingIn(inside, [...path, Array.isArray(value) ? Number(key) : key]);
}
