import { z } from 'zod';
import { AppPattern } from './app-pattern.ts';
import { Verb } from './command.ts';
import { didYouMean } from './did-you-mean.ts';
import { strict } from './strict.ts';

/** Whoever may run an app may retry its runs, so there is no rule about that. */
const verbWords = [...Verb.exclude(['retry']).options, 'all'] as const;

const Verbs = z
  .array(z.enum(verbWords, { error: ({ input }) => unknownVerb(String(input)) }))
  .min(1, 'Name at least one command, or "all".');

const Principal = z
  .string()
  .regex(
    /^[a-z]+:(?!@)[^\s*?]+$/,
    'An id of the platform such as "slack:T1/U1", "slack:group:S1" or "telegram:77": not a display name, not a pattern.',
  );

const Place = z
  .string()
  .regex(/^[a-z]+:(?![@#])[^\s*?]+$/, 'The id of a channel or chat such as "slack:C1" or "telegram:-100".');

/** Who may ask for what, where: `{ allow: [run, list], who: ['slack:group:S1'], where: ['slack:C1'], apps: ['shop-*'] }`. */
export const AccessRule = strict({
  /** What may be asked for; `all` is everything. A rule has either this or `deny`. */
  allow: Verbs.optional(),
  /** What may not be asked for, whatever other rules allow. */
  deny: Verbs.optional(),
  /** People and groups, by the ids their platform gives them; `whoami` and every refusal name them. */
  who: z.array(Principal).min(1, 'Name at least one person or group.'),
  /** Channels and chats; left out, everywhere. */
  where: z.array(Place).min(1, 'Name at least one place, or leave "where" out for everywhere.').optional(),
  /** Apps, with `*` and `?`; left out, all. */
  apps: z.array(AppPattern).min(1, 'Name at least one app, or leave "apps" out for all.').optional(),
}).refine(({ allow, deny }) => (allow === undefined) !== (deny === undefined), {
  error: 'A rule has either "allow" or "deny", and not both.',
});
export type AccessRule = z.infer<typeof AccessRule>;

function unknownVerb(typed: string): string {
  if (typed === 'retry') return 'Whoever may "run" an app may retry its runs; leave "retry" out.';
  const [likely] = didYouMean(typed, verbWords);
  const hint = likely === undefined ? `There are ${verbWords.join(', ')}.` : `Did you mean "${likely}"?`;
  return `There is no command "${typed}". ${hint}`;
}
