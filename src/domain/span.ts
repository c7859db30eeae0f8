import { Duration } from 'luxon';
import { z } from 'zod';

/** A length of time as people type it: `30min`, `2h`, `3d`, `1w`. At most a year. */
export const Span = z
  .string()
  .regex(/^[1-9]\d{0,4}(min|m|h|d|w)$/)
  .refine((span) => lengthOf(span).as('days') <= 366);
export type Span = z.infer<typeof Span>;

const units = { min: 'minutes', m: 'minutes', h: 'hours', d: 'days', w: 'weeks' } as const;

/** `2h` → two hours; of what is no {@link Span}, nothing. */
export function lengthOf(span: string): Duration {
  const [, count = '0', unit = 'h'] = /^(\d+)(min|m|h|d|w)$/.exec(span) ?? [];
  return Duration.fromObject({ [units[unit as keyof typeof units]]: Number(count) });
}
