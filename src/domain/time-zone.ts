import { IANAZone } from 'luxon';
import { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';

/** An IANA zone: `Europe/Brussels`, `UTC`. */
export const TimeZone = z.string().refine((zone) => IANAZone.isValidZone(zone), {
  error: ({ input }) => unknownZone(String(input)),
});
export type TimeZone = z.infer<typeof TimeZone>;

function unknownZone(typed: string): string {
  const [likely] = didYouMean(typed, Intl.supportedValuesOf('timeZone'));
  const hint =
    likely === undefined ? 'Take an IANA name such as Europe/Brussels.' : `Did you mean "${likely}"?`;
  return `There is no time zone "${typed}". ${hint}`;
}
