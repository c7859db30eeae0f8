import { z } from 'zod';
import { AppName } from './backup.ts';

/** Reads backups back and compares them; nothing is changed anywhere. */
export const VerifyCommand = z.strictObject({
  verb: z.literal('verify'),
  app: AppName,
  /** Destinations by name; empty means all of the app's. */
  at: z.array(z.string()),
  /** Every backup there is; or the share that is due, as by schedule. Left out: the newest of each kind. */
  which: z.enum(['all', 'due']).optional(),
});
export type VerifyCommand = z.infer<typeof VerifyCommand>;
