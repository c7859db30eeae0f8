import { describe, expect, it } from 'vitest';
import { MysqlOptions, whereIs } from '../../../src/databases/mysql/options.ts';

const least = { driver: 'mysql', user: 'shop', database: 'shop' };

describe('the options of a mysql database', () => {
  it('need no more than a user and a database', () => {
    expect(MysqlOptions.parse(least)).toMatchObject({
      host: '127.0.0.1',
      port: 3306,
      dumper: 'auto',
      tls: false,
      connectTimeout: 10,
    });
  });

  it('take a port from the environment', () => {
    expect(MysqlOptions.parse({ ...least, port: '3307' }).port).toBe(3307);
  });

  it.each(['0', '65536', 'mysql', -1, 3306.5])('refuse %j as a port', (port) => {
    expect(MysqlOptions.safeParse({ ...least, port }).success).toBe(false);
  });

  it('take tables to include or to exclude, not both', () => {
    const both = MysqlOptions.safeParse({ ...least, includeTables: ['a'], excludeTables: ['b'] });

    expect(both.error?.issues).toMatchObject([
      { path: ['excludeTables'], message: 'Either "includeTables" or "excludeTables", not both.' },
    ]);
  });

  it.each([
    '--result-file=/tmp/x',
    '-r/tmp/x',
    '--password=x',
    '-px',
    '--compact',
    '--skip-comments',
    '--xml',
    '-T/tmp',
    'goods',
  ])('refuse the argument %s, with which there would be no dump to speak of', (argument) => {
    expect(MysqlOptions.safeParse({ ...least, extraArguments: [argument] }).success).toBe(false);
  });

  it.each(['--skip-lock-tables', '--where=id > 5', '--no-create-db', '--max-allowed-packet=1G'])(
    'take the argument %s',
    (argument) => {
      expect(MysqlOptions.parse({ ...least, extraArguments: [argument] }).extraArguments).toEqual([argument]);
    },
  );

  it('name the likely key for a mistyped one', () => {
    const mistyped = MysqlOptions.safeParse({ ...least, passwort: 'x' });

    expect(mistyped.error?.issues[0]?.message).toContain('Did you mean "password"?');
  });
});

describe('where a database is', () => {
  it.each([
    [{}, 'shop on 127.0.0.1'],
    [{ host: 'db', port: 3307 }, 'shop on db:3307'],
    [{ socket: '/run/mysqld.sock' }, 'shop on /run/mysqld.sock'],
  ])('%j is said as %s', (options, words) => {
    expect(whereIs(MysqlOptions.parse({ ...least, ...options }))).toBe(words);
  });
});
