import { z } from 'zod';
import { LinkChange } from './link-change.ts';
import { PersonId, Who } from './who.ts';

/** Why two accounts are not linked. */
export const LinkObstacle = z.enum([
  'not-private',
  'unknown-code',
  'too-many-tries',
  'same-platform',
  'already-linked',
  'not-yours',
  'not-known',
  'changed',
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
    /** Is it you? Each side is asked: first whoever said the code, then whoever asked for it. */
    z.object({
      step: z.literal('confirm'),
      request: z.string(),
      other: Who,
      /** What the link changes for whoever is asked, and for the other account. */
      yours: z.array(LinkChange).default([]),
      theirs: z.array(LinkChange).default([]),
    }),
    /** The answer of the other side is awaited. */
    z.object({ step: z.literal('waiting'), first: Who }),
    z.object({ step: z.literal('linked'), ids: z.array(PersonId) }),
    z.object({ step: z.literal('removed'), ids: z.array(PersonId) }),
    z.object({ step: z.literal('not-linked'), because: LinkObstacle }),
  ]),
});
export type LinkReport = z.infer<typeof LinkReport>;
