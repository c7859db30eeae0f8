import type { Instant } from '../domain/instant.ts';
import type { Report } from '../domain/report.ts';

/** A piece of a line. A platform escapes text, marks code, and shows a time in the reader's own zone where it can. */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  /** Where the platform cannot: the configured zone, `2026-11-22 04:15 CET`. */
  | { readonly time: Instant };

export type Line = readonly Inline[];

export type Block =
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  /** Columns that line up; the first row of words is the head. */
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Inline[])[];
    }
  /** `fraction` from 0 to 1; left out while nobody knows how much there is. */
  | { readonly kind: 'bar'; readonly fraction?: number; readonly label: string };

/** How it went, for an icon and a colour; the words say it too. */
export type Tone = 'good' | 'warning' | 'bad' | 'plain' | 'working';

/** A button. Pressing it asks with `words`, as the person who presses it; where there are no buttons the words are shown instead. */
export interface Action {
  readonly label: string;
  /** A whole command without the `/backup` in front. */
  readonly words: string;
  /** `danger`: what it does cannot be undone. */
  readonly look?: 'primary' | 'danger';
  /** What the person types before it counts, such as the name of the app; a word of the command in any case. */
  readonly typed?: string;
}

/** An image for those who can see it. The message says the same in words. */
export interface Picture {
  /** The name of the file, `digest.png`. */
  readonly name: string;
  /** What it shows, for those who cannot see it. */
  readonly alt: string;
  /** Draws it: the bytes of a PNG. A platform shows the message without it when this fails. */
  draw(): Promise<Uint8Array>;
}

/** What a platform shows: the same for all of them. */
export interface Message {
  readonly tone: Tone;
  readonly title: Line;
  readonly blocks: readonly Block[];
  /** What one may do next; at most five, and as many as there are where `pick` is set. */
  readonly actions?: readonly Action[];
  /** The actions are alternatives of which one is picked, as from a list: the word over it, such as "Which app?". */
  readonly pick?: string;
  readonly picture?: Picture;
  /** The report it was made from, for those who read facts rather than words; progress has none. */
  readonly report?: Report;
  /** The job this is the last word on. */
  readonly concludes?: string;
  /** The same each time this message is posted: a platform that can tells by it that it has the message already. */
  readonly postId?: string;
  /** The platform's own id of the message it answers; shown as a reply while that one is there. */
  readonly inReplyTo?: string;
}
