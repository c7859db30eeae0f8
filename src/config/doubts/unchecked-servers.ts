import { isIP } from 'node:net';
import { type Path, pathName } from '../problems.ts';

/** Where TLS does not say who the server is, or is not there although the address says how to talk. */
export function uncheckedServers(part: unknown): string[] {
  return [...everythingIn(part)].flatMap(({ path, value }) => {
    const danger = dangerOf(path, value);
    return danger === undefined ? [] : [`${pathName(path)}: ${danger}`];
  });
}

interface Place {
  readonly path: Path;
  readonly value: unknown;
}

function* everythingIn(value: unknown, path: Path = []): Generator<Place> {
  yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inside] of Object.entries(value))
    yield* everythingIn(inside, [...path, Array.isArray(value) ? Number(key) : key]);
}

function dangerOf(path: Path, value: unknown): string | undefined {
  const key = path.at(-1);
  if (key === 'rejectUnauthorized' && value === false)
    return `${unchecked} Remove it, and name the authority of the server with "ca".`;
  if (typeof value !== 'string') return undefined;
  if (path.includes('extraArguments') && turnsCheckOff.test(value))
    return `${unchecked} Remove it, and say what to check with under "tls".`;
  if (path[0] === 'queue' && key === 'url' && /[?&]sslmode=no-verify\b/.test(value))
    return `${unchecked} Say sslmode=verify-full there.`;
  if (addresses.has(String(key)) && isInTheClear(value))
    return `What is sent there, secrets too, can be read on its way. Say https:// there.`;
  return undefined;
}

const unchecked =
  'Whoever is on the way to that server can pass for it, and is given the password and the data.';

const turnsCheckOff =
  /^--(skip-ssl|disable-ssl|ssl=(0|off|false)|ssl-verify-server-cert=(0|off|false)|ssl-mode=(disabled|preferred|required))/i;

/** Keys of addresses that secrets or backups are sent to. */
const addresses = new Set(['endpoint', 'apiUrl', 'apiRoot']);

function isInTheClear(address: string): boolean {
  if (!/^http:/i.test(address) || !URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return !(
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    (isIP(hostname) === 4 && /^127\./.test(hostname))
  );
}
