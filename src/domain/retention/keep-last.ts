import { z } from 'zod';
import { strict } from '../strict.ts';
import { humanCount } from '../units.ts';
import { maximumStorageInMegabytes } from './storage-limit.ts';
import { goes, type Strategy, stays } from './strategy.ts';

export const KeepLast = strict({
  strategy: z.literal('keepLast').describe('The last so many stay, however old they are.'),
  keepLast: z.int().min(1).default(14).describe('How many backups stay, the newest among them.'),
  maximumStorageInMegabytes,
});
export type KeepLast = z.infer<typeof KeepLast>;

/** The last so many, whatever their age: for what is backed up by hand, now and then. */
export function keepLast({ keepLast: count }: KeepLast): Strategy {
  const last = `one of the last ${humanCount(count, 'backup')}`;
  return {
    // The newest is not among those judged, but it is one of the last.
    judge: (backups) =>
      backups.map((backup, at) => [backup, at < count - 1 ? stays(last) : goes(`not ${last}`)]),
  };
}
