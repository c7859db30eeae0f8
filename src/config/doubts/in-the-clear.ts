import { type Path, pathName } from '../problems.ts';
import { everythingIn, type Place } from './everything-in.ts';
import { isNearby } from './is-nearby.ts';

/** Connections without TLS to servers that are not in a network of one's own. */
export function connectionsInTheClear(part: unknown): string[] {
  return [...everythingIn(part)].flatMap((place) => {
    const found = dangerOf(place);
    return found === undefined ? [] : [`${pathName(found.at)}: ${found.danger}`];
  });
}

interface Danger {
  readonly at: Path;
  readonly danger: string;
}

function dangerOf({ path, value }: Place): Danger | undefined {
  if (typeof value === 'object' && value !== null) {
    if (path.length === 1 && path[0] === 'queue') return queueDanger(path, value);
    return databaseDanger(path, value);
  }
  if (typeof value !== 'string' || !addresses.has(String(path.at(-1)))) return undefined;
  if (!/^http:/i.test(value) || !isFar(value)) return undefined;
  return { at: path, danger: `What is sent there, secrets too, ${canBeRead}. Say https:// there.` };
}

const canBeRead = 'can be read on its way';

/** Keys of addresses that secrets or backups are sent to. */
const addresses = new Set(['endpoint', 'apiUrl', 'apiRoot']);

function isFar(address: string): boolean {
  return URL.canParse(address) && !isNearby(new URL(address).hostname);
}

/** A server that is reached by a socket is on this machine, and one without a host, too. */
function databaseDanger(path: Path, options: object): Danger | undefined {
  const { driver, host, socket, tls }: Record<string, unknown> = { ...options };
  if (driver !== 'mysql' || socket !== undefined || typeof host !== 'string' || isNearby(host))
    return undefined;
  if (tls !== undefined && tls !== false) return undefined;
  return {
    at: [...path, 'host'],
    danger: `What is in the database ${canBeRead} here. Say "tls: true" beside it, or name its authority there.`,
  };
}

function queueDanger(path: Path, options: object): Danger | undefined {
  const { url, redis }: Record<string, unknown> = { ...options };
  const { tls, sentinels, cluster }: Record<string, unknown> = { ...Object(redis) };
  if (tls !== undefined) return undefined;
  const danger = `What is asked and told, and the password, ${canBeRead}.`;
  if (typeof url === 'string' && isFar(url)) {
    if (/^redis:/i.test(url)) return { at: [...path, 'url'], danger: `${danger} Say rediss:// there.` };
    if (/^postgres/i.test(url) && !saysTls.test(url))
      return { at: [...path, 'url'], danger: `${danger} Say ?sslmode=verify-full there.` };
  }
  if ([sentinels, cluster].flat().some((node) => isFarNode(node)))
    return { at: [...path, 'redis'], danger: `${danger} Say "tls: {}" there.` };
  return undefined;
}

/** https://www.npmjs.com/package/pg-connection-string */
const saysTls = /[?&](sslmode=(prefer|require|verify-ca|verify-full|no-verify)|ssl=(true|1))(&|$)/i;

function isFarNode(node: unknown): boolean {
  const { host }: Record<string, unknown> = { ...Object(node) };
  return typeof host === 'string' && !isNearby(host);
}
