import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeOptionFile } from '../../../../src/databases/mysql/client/option-file.ts';
import { MysqlOptions } from '../../../../src/databases/mysql/options.ts';

describe('the option file of a client program', () => {
  it('says where and as whom to connect', async () => {
    expect(await written({ host: 'db', port: 3307, password: 'secret' })).toEqual([
      ...['[client]', 'protocol=tcp', 'host="db"', 'port=3307', 'user="shop"', 'password="secret"'],
      'disable-ssl-verify-server-cert',
    ]);
  });

  it('prefers a socket', async () => {
    expect(await written({ socket: '/run/my sql.sock' })).toEqual(
      expect.arrayContaining(['protocol=socket', 'socket="/run/my sql.sock"']),
    );
  });

  it.each([
    ['a quote', '"', String.raw`"\""`],
    ['a backslash', '\\n', String.raw`"\\n"`],
    ['a line break', 'a\nuser=root', String.raw`"a\nuser=root"`],
    ['a hash', 'a#b', '"a#b"'],
    ['blanks around', ' a ', '" a "'],
  ])('keeps a password with %s as it is', async (_, password, line) => {
    expect(await written({ password })).toContain(`password=${line}`);
  });

  it('checks the server unless told otherwise, in the words of each family', async () => {
    expect(await written({ tls: true })).toEqual(expect.arrayContaining(['ssl', 'ssl-verify-server-cert']));
    expect(await written({ tls: { ca: '/ca.pem' } }, 'mysql')).toEqual(
      expect.arrayContaining(['ssl-ca="/ca.pem"', 'ssl-mode=VERIFY_IDENTITY']),
    );
    expect(await written({ tls: { rejectUnauthorized: false } }, 'mysql')).toContain('ssl-mode=REQUIRED');
    expect(await written({ tls: { rejectUnauthorized: false } })).toEqual(
      expect.arrayContaining(['ssl', 'disable-ssl-verify-server-cert']),
    );
  });
});

async function written(options: object, family: 'mariadb' | 'mysql' = 'mariadb'): Promise<string[]> {
  const parsed = MysqlOptions.parse({ driver: 'mysql', user: 'shop', database: 'shop', ...options });
  const folder = await mkdtemp(join(tmpdir(), 'option-file-'));
  const path = await writeOptionFile(folder, parsed, family);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  await rm(folder, { recursive: true });
  return lines;
}
