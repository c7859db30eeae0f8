import { z } from 'zod';
import { strict } from '../domain/strict.ts';

// Not `z.url()` with its own words: what was given may be a secret, and is not to be repeated.
const Address = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'Expected an address such as https://hc-ping.com/… here.',
  );

/**
 * Whom a run tells that it begins and how it ended: addresses that are asked for. One alone is that for success; `/start` and
 * `/fail` are added to it for the others. https://healthchecks.io/docs/http_api/
 */
export const PingOptions = z.union([
  Address.transform(ofHealthchecks),
  strict({
    start: Address.optional().describe('Asked for when a run begins.'),
    success: Address.optional().describe('Asked for when a run has stored its archive everywhere.'),
    fail: Address.optional().describe('Asked for when a run failed, wholly or in part.'),
  }),
]);
export type PingOptions = z.infer<typeof PingOptions>;

function ofHealthchecks(address: string): { start: string; success: string; fail: string } {
  return { start: below(address, 'start'), success: address, fail: below(address, 'fail') };
}

/** What comes after a question mark stays where it is. */
function below(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${name}`;
  return url.href;
}
