import { randomBytes } from 'node:crypto';

/** Without letters that look alike. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Short enough to be typed, long enough never to meet: `r_4k2m9xw7` for a run, `c_…` for a clean, `q_…` for a question. */
export function newId(prefix: 'r' | 'c' | 'q'): string {
  return `${prefix}_${[...randomBytes(8)].map((byte) => letters[byte % letters.length]).join('')}`;
}
