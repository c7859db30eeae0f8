import { z } from 'zod';
import { strict } from '../domain/strict.ts';

/** Where reports go that nobody asked for: `{ to: 'slack:C1', reports: [failures, health] }`. */
export const ChannelRule = strict({
  to: z
    .string()
    .regex(/^[a-z]+:[^\s]+$/, 'The id of a channel or chat such as "slack:C1" or "telegram:-100".')
    .describe(
      'A channel or chat, by the id of its platform; console:ops is the output of the process, under any name.',
    ),
  reports: z
    .array(z.enum(['failures', 'successes', 'health', 'recoveries', 'digest']))
    .min(1, 'Name at least one kind of report.')
    .describe(
      'failures: runs and cleans that failed wholly or in part. successes: runs stored everywhere, and cleans. What was cancelled is neither. health: what is wrong with the backups there are, when it begins and while it lasts. recoveries: when that is right again, and when a run is stored after others failed. digest: how everything is, every weekday at 08:00 or as "digests" says.',
    ),
});
export type ChannelRule = z.infer<typeof ChannelRule>;
