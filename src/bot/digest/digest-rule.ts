import { z } from 'zod';
import { Cron } from '../../domain/schedule/cron.ts';
import { strict } from '../../domain/strict.ts';
import { TimeZone } from '../../domain/time-zone.ts';
import type { ChannelRule } from '../channels.ts';

const usualCron = '0 8 * * 1-5';

/** A digest by the clock: `{ to: 'slack:C1', cron: '0 8 * * 1-5', zone: Europe/Brussels }`. */
export const DigestRule = strict({
  to: z
    .string()
    .regex(/^[a-z]+:[^\s]+$/, 'The id of a channel or chat such as "slack:C1" or "telegram:-100".')
    .describe('A channel or chat, by the id of its platform.'),
  cron: Cron.default(usualCron).describe(
    'When: minute, hour, day of month, month, day of week. Left out: every weekday at 08:00.',
  ),
  zone: TimeZone.optional().describe('The IANA zone the clock is in. Left out: "timezone".'),
  picture: z.boolean().default(true).describe('Whether a picture of the last 30 days comes with it.'),
});
export type DigestRule = z.infer<typeof DigestRule>;

export const DigestRules = z.array(DigestRule).superRefine((rules, { addIssue }) => {
  for (const [at, { to }] of rules.entries())
    if (rules.findIndex((other) => other.to === to) < at)
      addIssue({ code: 'custom', path: [at, 'to'], message: `${to} has a digest already. A place has one.` });
});

/** One digest that is due again and again. */
export type PlannedDigest = DigestRule & { readonly zone: string };

/** Every digest there is to be: the rules, and the usual one for each channel that wants digests and has no rule. */
export function plannedDigests(
  rules: readonly DigestRule[],
  channels: readonly ChannelRule[],
  timezone: string,
): PlannedDigest[] {
  const wanted = channels.filter(({ reports }) => reports.includes('digest')).map(({ to }) => to);
  const usual = [...new Set(wanted)]
    .filter((to) => rules.every((rule) => rule.to !== to))
    .map((to) => ({ to, cron: usualCron, picture: true }));
  return [...rules, ...usual].map((rule: DigestRule) => ({ ...rule, zone: rule.zone ?? timezone }));
}
