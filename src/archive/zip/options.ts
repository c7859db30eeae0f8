import { z } from 'zod';
import { strict } from '../../domain/strict.ts';
import { hasZstd } from './has-zstd.ts';

const Level = z
  .union([z.int().min(0).max(9), z.literal('zstd')], '0 to 9, or zstd.')
  .refine((level) => level !== 'zstd' || hasZstd, {
    error: `This Node, ${process.versions.node}, cannot compress with zstd: that came with 22.15. Take a newer one, or a level from 0 to 9.`,
  });

export const ZipOptions = strict({
  format: z.literal('zip').default('zip'),
  compression: strict({
    /** What does not get smaller, such as photos, is stored as it is, whatever the level. */
    level: Level.default(5).describe(
      'How hard to compress: 0, not at all, to 9, or zstd, which takes a quarter less time for files, no less for dumps, and needs a recent program to open. 5 makes about what `zip` makes.',
    ),
  })
    .prefault({})
    .describe('How content is made smaller.'),
  threads: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('How many threads read and compress. Left out: as many as the machine has cores, up to 8.'),
});
export type ZipOptions = z.infer<typeof ZipOptions>;
