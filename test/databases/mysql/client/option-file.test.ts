import { describe, expect, it } from 'vitest';
import { optionFile } from '../../../../src/databases/mysql/client/option-file.ts';
import { MysqlOptions } from '../../../../src/databases/mysql/options.ts';

describe('the option file of a client program', () => {
  it('says where and as whom to connect', () => {
    expect(written({ host: 'db', port: 3307, password: 'secret' })).toEqual([
      ...['[client]', 'protocol=tcp', 'host="db"', 'port=3307', 'user="shop"', 'password="secret"'],
      'disable-ssl-verify-server-cert',
    ]);
  });

  it('prefers a socket', () => {
    expect(written({ socket: '/run/my sql.sock' })).toEqual(
      expect.arrayContaining(['protocol=socket', 'socket="/run/my sql.sock"']),
    );
  });

  it.each([
    ['a quote', '"', String.raw`"\""`],
    ['a backslash', '\\n', String.raw`"\\n"`],
    ['a line break', 'a\nuser=root', String.raw`"a\nuser=root"`],
    ['a hash', 'a#b', '"a#b"'],
    ['blanks around', ' a ', '" a "'],
  ])('keeps a password with %s as it is', (_, password, line) => {
    expect(written({ password })).toContain(`password=${line}`);
  });

  it('checks the server unless told otherwise, in the words of each family', () => {
    expect(written({ tls: true })).toEqual(expect.arrayContaining(['ssl', 'ssl-verify-server-cert']));
    expect(written({ tls: { ca: '/ca.pem' } }, 'mysql')).toEqual(
      expect.arrayContaining(['ssl-ca="/ca.pem"', 'ssl-mode=VERIFY_IDENTITY']),
    );
    expect(written({ tls: { rejectUnauthorized: false } }, 'mysql')).toContain('ssl-mode=REQUIRED');
    expect(written({ tls: { rejectUnauthorized: false } })).toEqual(
      expect.arrayContaining(['ssl', 'disable-ssl-verify-server-cert']),
    );
  });
});

function written(options: object, family: 'mariadb' | 'mysql' = 'mariadb'): string[] {
  const parsed = MysqlOptions.parse({ driver: 'mysql', user: 'shop', database: 'shop', ...options });
  return optionFile(parsed, family).trimEnd().split('\n');
}
