/** Small facts that processes share and that outlive them. Values are JSON. Nothing here is needed to know which backups exist. */
export interface State {
  /** @throws {StateError} */
  remember(key: string, value: unknown, lifetimeInSeconds: number): Promise<void>;
  /** `undefined` when it was never there or its time is over. @throws {StateError} */
  recall(key: string): Promise<unknown>;
  /** Remembers only if nothing is there; true for the one who did. @throws {StateError} */
  claim(key: string, value: unknown, lifetimeInSeconds: number): Promise<boolean>;
  /** Puts `by` in the place of `was` only while that is there; true for the one who did. @throws {StateError} */
  replace(key: string, { was, by }: Replacement, lifetimeInSeconds: number): Promise<boolean>;
  /** Forgets only what is still `was`. @throws {StateError} */
  release(key: string, was: unknown): Promise<boolean>;
  /** Adds to the end of a list, whoever else adds at the same time; the oldest go when it has more than `atMost`. @throws {StateError} */
  append(key: string, entry: unknown, { atMost, lifetimeInSeconds }: ListLimits): Promise<void>;
  /** All of a list, oldest first; empty when nothing was added or its time is over. @throws {StateError} */
  entries(key: string): Promise<unknown[]>;
  /** A key that is not there is no error. @throws {StateError} */
  forget(key: string): Promise<void>;
  close(): Promise<void>;
}

/** What is expected to be there, and what comes in its place. */
export interface Replacement {
  readonly was: unknown;
  readonly by: unknown;
}

/** How long a list may become, and how long it is kept after the last that was added. */
export interface ListLimits {
  readonly atMost: number;
  readonly lifetimeInSeconds: number;
}

/** The store behind the state said no or was not reached, in words. */
export class StateError extends Error {
  override name = 'StateError';
}
