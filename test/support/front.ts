import type { Platform } from '../../src/chat/platform.ts';
import type { ChatTools } from '../../src/chat/tools.ts';

/** A message as people see it now. */
export interface Seen {
  /** Unique among the messages of a front. */
  readonly id: string;
  readonly text: string;
  /** The labels of its buttons. */
  readonly buttons: readonly string[];
}

export type Who = 'ann' | 'bob';

/** A chat as people use it: they type, look and press. The journeys are the same in each. */
export interface Front {
  readonly name: string;
  /** Ids as rules have them. */
  readonly ids: Readonly<Record<Who, string>>;
  /** Where Ann and Bob both are, as `channels` name it. */
  readonly place: string;
  /** The platform in the product, for as long as the test goes on. */
  chats(tools: ChatTools): readonly Platform[];
  /** Words without the `/backup` in front, said where Ann and Bob both are. */
  type(words: string, as?: Who): void;
  /** The first message that reads like this, now or later, in the form in which it does. */
  see(like: RegExp): Promise<Seen>;
  /** Everything that was posted, as it is now. */
  all(): readonly Seen[];
  press(seen: Seen, label: RegExp, as?: Who): Promise<void>;
  /** Presses a button that wants a word typed, and types it. */
  confirm(seen: Seen, label: RegExp, typed: string, as?: Who): Promise<void>;
}
