import { z } from 'zod';
import { strict } from '../../domain/strict.ts';

export const TarOptions = strict({
  format: z.literal('tar.gz'),
  compression: strict({
    level: z.int().min(0).max(9).default(6).describe('How hard to compress: 0, not at all, to 9.'),
  })
    .prefault({})
    .describe('How content is made smaller.'),
});
export type TarOptions = z.infer<typeof TarOptions>;
