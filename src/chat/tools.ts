/** Facts that processes share and that outlive them; what a platform needs of the state. Its keys begin with its name. */
export interface Notes {
  /** `undefined` when it was never there or its time is over. @throws when the store is away. */
  recall(key: string): Promise<unknown>;
  /** @throws when the store is away. */
  remember(key: string, value: unknown, lifetimeInSeconds: number): Promise<void>;
  /** True for the first only, so that what arrives twice acts once. @throws when the store is away. */
  claim(key: string, value: unknown, lifetimeInSeconds: number): Promise<boolean>;
  /** A key that is not there is no error. @throws when the store is away. */
  forget(key: string): Promise<void>;
}

/** Where a platform tells the operator what people in the chat cannot mend. */
export interface ChatLog {
  debug(sentence: string): void;
  info(sentence: string): void;
  warn(sentence: string): void;
  error(sentence: string): void;
}

/** What a chat platform is given by the process it lives in. */
export interface ChatTools {
  readonly notes: Notes;
  readonly log: ChatLog;
}
