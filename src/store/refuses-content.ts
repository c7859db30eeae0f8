/**
 * Whether an error of a store is about what it was to keep, so that the same again would fail again: a PostgreSQL error of class 22
 * (data) or 54 (limits), a text over Redis' `proto-max-bulk-len`, or one that JavaScript cannot make.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function refusesContent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return /^(22|54)[0-9A-Z]{3}$/.test(code) || tooLong.test(error.message);
}

const tooLong = /proto-max-bulk-len|invalid bulk length|Invalid string length/i;
