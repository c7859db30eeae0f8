import type { DateTime } from 'luxon';
import type { PlaceNews } from './platform.ts';

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

/** Something that keeps a platform, or one place on it, from working until a person does something. */
export interface ChatTrouble {
  readonly platform: string;
  /** The channel or chat, where it is only one: `telegram:-100`. */
  readonly place?: string;
  /** What is wrong and what to do, a sentence. */
  readonly problem: string;
}

/** What became of a call: `answered`, also with no; `too-many`, the platform wants rest; `failed`, it was not reached or broke. */
export type CallOutcome = 'answered' | 'too-many' | 'failed';

/** What a chat platform is given by the process it lives in. */
export interface ChatTools {
  readonly notes: Notes;
  readonly log: ChatLog;
  readonly clock: () => DateTime;
  /** The IANA zone that times are shown in where the platform cannot show the reader's own. */
  readonly timezone: string;
  /** Every command with a few words on what it does, for the platform's own menus. */
  readonly commands: readonly { readonly verb: string; readonly does: string }[];
  /** Counts the calls of a platform. */
  onCall?(platform: string, outcome: CallOutcome): void;
  /** Says so in the log and elsewhere: in channels that the trouble does not concern. Never rejects. */
  alert(trouble: ChatTrouble): Promise<void>;
  readonly places: PlaceNews;
}
