import { unescape as decode } from 'node:querystring';
import type { Path } from './problems.ts';
import { mapTexts } from './texts.ts';

const secretKey = /passw|passphrase|secret|token|credential/i;
const passwordInAddress = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*:([^/?#@]+)@/i;

/** A value of the configuration that must never be said, and where it is. */
interface Secret {
  readonly path: Path;
  readonly text: string;
}

/** The values in a filled-in part of the configuration that must never be said. */
export function secretsIn(value: unknown): string[] {
  return findSecrets(value).map(({ text }) => text);
}

/** By the name of their key, and out of addresses. */
export function findSecrets(value: unknown): Secret[] {
  const found: Secret[] = [];
  mapTexts(value, (text, path) => {
    for (const secret of secretsOf(text, path)) found.push({ path, text: secret });
    return text;
  });
  return found;
}

function secretsOf(text: string, path: Path): string[] {
  if (isPing(path)) return pingSecrets(text);
  const key = path.findLast((part) => typeof part === 'string') ?? '';
  return secretKey.test(String(key)) ? [text] : passwordsIn(text);
}

/** `apps.shop.pings`, and what is in it. Whoever knows such an address can say that all is well. */
function isPing([apps, , pings]: Path): boolean {
  return apps === 'apps' && pings === 'pings';
}

/** The whole, and the part that is nobody else's. */
function pingSecrets(address: string): string[] {
  const { pathname, search } = URL.canParse(address) ? new URL(address) : { pathname: '', search: '' };
  return [address, ...[pathname.slice(1), search.slice(1)].filter((part) => part.length >= 6)];
}

/** As it is written, and as it is sent. */
function passwordsIn(address: string): string[] {
  const [, password] = passwordInAddress.exec(address) ?? [];
  if (password === undefined) return [];
  return [password, decode(password)];
}
