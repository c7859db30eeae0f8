import { z } from 'zod';
import { PersonId, Who } from './who.ts';

/** Why two accounts are not linked. */
export const LinkObstacle = z.enum([
  'not-private',
  'unknown-code',
  'same-platform',
  'already-linked',
  'not-yours',
  'refused',
  'console',
]);
export type LinkObstacle = z.infer<typeof LinkObstacle>;

/** How far it is with making two accounts one person. */
export const LinkReport = z.object({
  kind: z.literal('link'),
  link: z.discriminatedUnion('step', [
    /** Say this code on the other platform, or open one of these addresses, which say it. */
    z.object({
      step: z.literal('code'),
      code: z.string(),
      addresses: z.array(z.string()),
      validForMinutes: z.int(),
    }),
    /** Somebody said it: is it you? Told where the code was asked for. */
    z.object({ step: z.literal('confirm'), request: z.string(), other: Who }),
    /** The answer to that is awaited. */
    z.object({ step: z.literal('waiting'), first: Who }),
    z.object({ step: z.literal('linked'), ids: z.array(PersonId) }),
    z.object({ step: z.literal('removed'), ids: z.array(PersonId) }),
    z.object({ step: z.literal('not-linked'), because: LinkObstacle }),
  ]),
});
export type LinkReport = z.infer<typeof LinkReport>;
