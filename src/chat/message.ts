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

/** What a platform shows: the same for all of them. */
export interface Message {
  readonly tone: Tone;
  readonly title: Line;
  readonly blocks: readonly Block[];
  /** The report it was made from, for those who read facts rather than words; progress has none. */
  readonly report?: Report;
  /** The job this is the last word on. */
  readonly concludes?: string;
}
