import { unescape as decode } from 'node:querystring';

const secretKey = /passw|passphrase|secret|token|credential/i;
const passwordInAddress = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*:([^/?#@]+)@/i;

/** The values in a filled-in part of the configuration that must never be said: by the name of their key, and out of addresses. */
export function secretsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return secretKey.test(key) ? [value] : passwordsIn(value);
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => secretsIn(item, name));
}

/** As it is written, and as it is sent. */
function passwordsIn(address: string): string[] {
  const [, password] = passwordInAddress.exec(address) ?? [];
  if (password === undefined) return [];
  return [password, decode(password)];
}
