import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MysqlOptions } from '../options.ts';
import type { Family } from '../survey.ts';

/**
 * Writes where and as whom to connect to a file in `folder` that only this user can read, and returns its path: the
 * arguments of a program and its environment can be seen by others. https://mariadb.com/kb/en/configuring-mariadb-with-option-files/
 */
export async function writeOptionFile(
  folder: string,
  options: MysqlOptions,
  family: Family,
): Promise<string> {
  const path = join(folder, 'client.cnf');
  await writeFile(path, optionFile(options, family), { mode: 0o600, flag: 'wx' });
  return path;
}

function optionFile(options: MysqlOptions, family: Family): string {
  const settings = [
    ...placeSettings(options),
    `user=${quoted(options.user)}`,
    `password=${quoted(options.password)}`,
    ...tlsSettings(options.tls, family),
  ];
  return `[client]\n${settings.join('\n')}\n`;
}

function placeSettings({ host, port, socket }: MysqlOptions): string[] {
  if (socket !== undefined) return ['protocol=socket', `socket=${quoted(socket)}`];
  // The name "localhost" alone would mean a socket.
  return ['protocol=tcp', `host=${quoted(host)}`, `port=${port}`];
}

function tlsSettings(tls: MysqlOptions['tls'], family: Family): string[] {
  // MariaDB's clients since 11.4 check the certificate unless told otherwise; a server without one is then refused.
  if (tls === false) return family === 'mariadb' ? ['disable-ssl-verify-server-cert'] : [];

  const { ca, cert, key, rejectUnauthorized } = tls === true ? { rejectUnauthorized: true } : tls;
  const files = Object.entries({ ca, cert, key }).flatMap(([name, path]) =>
    path === undefined ? [] : [`ssl-${name}=${quoted(path)}`],
  );
  return [...files, ...verification(family, rejectUnauthorized)];
}

function verification(family: Family, isVerified: boolean): string[] {
  if (family === 'mysql') return [`ssl-mode=${isVerified ? 'VERIFY_IDENTITY' : 'REQUIRED'}`];
  return ['ssl', isVerified ? 'ssl-verify-server-cert' : 'disable-ssl-verify-server-cert'];
}

/** In quotes `#` is no comment and blanks are kept; a backslash and a quote are themselves only behind a backslash. */
function quoted(value: string): string {
  const escapes: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `"${value.replace(/[\\"\n\r\t]/g, (character) => escapes[character] ?? character)}"`;
}
