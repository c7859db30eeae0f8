/** Without letters that look alike. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Short enough to be typed, long enough never to meet: `r_4k2m9xw7` for a run, `c_…` for a clean, `v_…` for a verification, `q_…` for a question, `a_…` for an answer, `lk_…` for what links accounts. Of eight bytes. */
export function jobIdOf(prefix: 'r' | 'c' | 'v' | 'q' | 'a' | 'lk', bytes: Uint8Array): string {
  return `${prefix}_${[...bytes.subarray(0, 8)].map((byte) => letters[byte % letters.length]).join('')}`;
}
