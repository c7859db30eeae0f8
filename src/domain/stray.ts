import { z } from 'zod';
import { AppName } from './backup.ts';
import { humanCount } from './units.ts';

/** Backups at a destination of an app that is not in the configuration of whoever looked. */
export const Stray = z.object({
  app: AppName,
  destination: z.string(),
  count: z.int(),
});
export type Stray = z.infer<typeof Stray>;

/** A sentence about it, with what to do. */
export function strayWords({ app, destination, count }: Stray): string {
  return `${destination} holds ${humanCount(count, 'backup')} of ${app}, which is not in this configuration: nothing here cleans or watches ${count === 1 ? 'it' : 'them'}. If ${app} was renamed or is no longer backed up, remove by hand what you do not need.`;
}
