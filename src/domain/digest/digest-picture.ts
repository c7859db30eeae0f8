import { z } from 'zod';
import { TimeZone } from '../time-zone.ts';

/** How many days it shows, today among them. */
export const daysShown = 30;

const perDay = <Each extends z.ZodType>(each: Each) => z.array(each).length(daysShown);

/** What a picture shows in one row: an app, or many together. */
export const PictureRow = z.object({
  label: z.string(),
  /** Something is wrong with it now, or not known. */
  marked: z.boolean(),
  /** The largest archive of each day; null where none was stored. */
  sizes: perDay(z.int().nullable()),
  /** Runs of each day that were stored only partly or not at all. */
  failures: perDay(z.int()),
  storageInBytes: z.int().optional(),
  /** What `storageInBytes` is held against. */
  limitInBytes: z.int().optional(),
});
export type PictureRow = z.infer<typeof PictureRow>;

/** What is drawn: names and numbers, so that it can be drawn wherever it is shown. */
export const DigestPicture = z.object({
  zone: TimeZone,
  /** In the zone: `2026-11-22`. */
  lastDay: z.iso.date(),
  rows: z.array(PictureRow),
});
export type DigestPicture = z.infer<typeof DigestPicture>;
