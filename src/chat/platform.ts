import type { Standing } from '../domain/access.ts';
import type { Address, Who } from '../domain/who.ts';
import type { Message } from './message.ts';

/** Words somebody typed, and where. */
export interface Ask {
  /** Without the `/backup` in front. */
  readonly words: string;
  readonly from: Who;
  /** Which of their groups count against them, or are unknown. */
  readonly standing?: Standing;
  readonly where: Address;
  /** Nobody else reads the words and the answer. */
  readonly private?: boolean;
  /** The message whose button it was, when it was one. */
  readonly pressedOn?: Posted;
}

/** A message that was posted, so that it can be edited; JSON, because it outlives the process. */
export interface Posted {
  readonly to: Address;
  /** The platform's own id of the message. */
  readonly id: string;
}

/** What a platform does with words. Never rejects; gives the jobs whose last word is still to come. */
export type Answer = (ask: Ask) => Promise<readonly string[]>;

/**
 * Whether words will be refused, and with which message, for a platform that can say so before it does anything else. A
 * refusal is final and written down: it is not to be asked for again. Rejects when nobody knows.
 */
export type Refuse = (ask: Ask) => Promise<Message | undefined>;

/** A chat platform. */
export interface Platform {
  /** The first word of its addresses: `slack`, `console`. */
  readonly name: string;
  /** What its addresses have as their process, when no other process can deliver there. */
  readonly process?: string;
  /** Begins to take words. Resolves once it listens or keeps trying; rejects when it never can. */
  start(answer: Answer, refuse: Refuse): Promise<void>;
  /** @throws {PlatformError} */
  post(to: Address, message: Message): Promise<Posted>;
  /**
   * Replaces a message. False when it cannot be edited any more and has to be posted anew. A frame of progress may wait
   * for room, and be dropped; `still` is asked when its turn has come. @throws {PlatformError}
   */
  edit(posted: Posted, message: Message, still?: () => Promise<boolean>): Promise<boolean>;
  /**
   * The groups of somebody who speaks on another platform, with an account that is linked with this one: they take rights
   * and give none. Never rejects. A platform without groups of its own leaves it out.
   */
  standingOf?(id: string): Promise<Standing>;
  /** An address that opens a private conversation and says this code there, where the platform has such; nothing until it knows. */
  deepLink?(code: string): string | undefined;
  close(): Promise<void>;
}

/** The platform said no or was not reached, in words. */
export class PlatformError extends Error {
  override name = 'PlatformError';
}

/** The place takes no messages any more, whatever is tried: the platform was removed from it. */
export class PlaceClosed extends PlatformError {
  override name = 'PlaceClosed';
}
