import { z } from 'zod';
import { AppName } from './backup.ts';

/** What a cleanup plan is known by, as a confirmation names it: `0k3x9qf7a2b`. */
export const PlanHash = z.string().regex(/^[0-9a-z]{11}$/);
export type PlanHash = z.infer<typeof PlanHash>;

/** Alone it shows what would be removed, and the words that do it. */
export const CleanCommand = z.strictObject({
  verb: z.literal('clean'),
  app: AppName,
  /** Destinations by name; empty means all of the app's. */
  at: z.array(z.string()),
  /** `dry-run`: shows the plan and asks nobody. `yes`: carries out whatever the plan is; on the console and for schedules only. */
  how: z.enum(['dry-run', 'yes']).optional(),
  /** The plan that was shown: it is carried out, if it is still the same. */
  plan: PlanHash.optional(),
});
export type CleanCommand = z.infer<typeof CleanCommand>;
