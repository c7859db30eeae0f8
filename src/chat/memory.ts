/**
 * What a chat platform keeps beyond one process and one message: the words behind a button, an update it has seen, until
 * when it was told to be quiet. Shared by all bot processes; values are JSON. Every platform begins its keys with its name.
 */
export interface ChatMemory {
  /** @throws when the store behind it is away. */
  remember(key: string, value: unknown, lifetimeInSeconds: number): Promise<void>;
  /** `undefined` when it was never there or its time is over. @throws when the store behind it is away. */
  recall(key: string): Promise<unknown>;
  /** Remembers only if nothing is there; true for the one who did. @throws when the store behind it is away. */
  claim(key: string, value: unknown, lifetimeInSeconds: number): Promise<boolean>;
  /** A key that is not there is no error. @throws when the store behind it is away. */
  forget(key: string): Promise<void>;
}
