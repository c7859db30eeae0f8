import { pathName } from '../problems.ts';
import { everythingIn, type Place } from './everything-in.ts';

/** Where TLS does not say who the server is. */
export function uncheckedServers(part: unknown): string[] {
  return [...everythingIn(part)].flatMap((place) => {
    const danger = dangerOf(place);
    return danger === undefined ? [] : [`${pathName(place.path)}: ${danger}`];
  });
}

function dangerOf({ path, value }: Place): string | undefined {
  const key = path.at(-1);
  if (key === 'rejectUnauthorized' && value === false)
    return `${unchecked} Remove it, and name the authority of the server with "ca".`;
  if (typeof value !== 'string') return undefined;
  if (path.includes('extraArguments') && turnsCheckOff.test(value))
    return `${unchecked} Remove it, and say what to check with under "tls".`;
  if (path[0] === 'queue' && key === 'url' && /[?&]sslmode=no-verify\b/.test(value))
    return `${unchecked} Say sslmode=verify-full there.`;
  return undefined;
}

const unchecked =
  'Whoever is on the way to that server can pass for it, and is given the password and the data.';

const turnsCheckOff =
  /^--(skip-ssl|disable-ssl|ssl=(0|off|false)|ssl-verify-server-cert=(0|off|false)|ssl-mode=(disabled|preferred|required))/i;
