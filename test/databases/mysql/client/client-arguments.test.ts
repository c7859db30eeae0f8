import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../../src/databases/mysql/choose-tables.ts';
import { clientRuns } from '../../../../src/databases/mysql/client/client-arguments.ts';
import type { ClientProgram } from '../../../../src/databases/mysql/client/client-program.ts';
import { MysqlOptions } from '../../../../src/databases/mysql/options.ts';

const mariadb: ClientProgram = {
  path: '/usr/bin/mariadb-dump',
  name: 'mariadb-dump',
  version: '10.11.6',
  family: 'mariadb',
};
const mysql: ClientProgram = {
  path: '/usr/bin/mysqldump',
  name: 'mysqldump',
  version: '8.0.45',
  family: 'mysql',
};

describe('the arguments of a client program', () => {
  it('ask for a consistent dump of everything', () => {
    const [run] = runsOf(options(), mariadb, choice({ whole: ['goods'] }));

    expect(run).toEqual(
      expect.arrayContaining([
        ...['--single-transaction', '--quick', '--routines', '--triggers', '--events', '--hex-blob'],
        '--default-character-set=utf8mb4',
      ]),
    );
    expect(run?.slice(-2)).toEqual(['--', 'shop']);
  });

  it("turn off what only MySQL's newer servers answer, with a client that asks for it", () => {
    expect(runsOf(options(), mysql, choice({}))[0]).toEqual(
      expect.arrayContaining(['--column-statistics=0', '--set-gtid-purged=OFF']),
    );
    expect(runsOf(options(), { ...mysql, version: '5.7.44' }, choice({}))[0]).not.toContain(
      '--column-statistics=0',
    );
    expect(runsOf(options(), mariadb, choice({}))[0]?.join()).not.toMatch(/statistics|gtid/);
  });

  it('never hold the password', () => {
    const runs = runsOf(
      options({ password: 'canary' }),
      mariadb,
      choice({ whole: ['goods'], schemaOnly: ['cache'] }),
    );

    expect(runs.flat().join()).not.toContain('canary');
  });

  it('dump tables without rows first, because views may read them', () => {
    const [first, second] = runsOf(
      options(),
      mariadb,
      choice({ whole: ['goods'], schemaOnly: ['cache'], excluded: ['log'] }),
    );

    expect(first).toContain('--no-data');
    expect(first?.slice(-3)).toEqual(['--', 'shop', 'cache']);
    expect(first).toEqual(expect.arrayContaining(['--skip-routines', '--skip-events']));
    expect(first).not.toContain('--routines');
    expect(second).toEqual(expect.arrayContaining(['--ignore-table=shop.log', '--ignore-table=shop.cache']));
  });

  it('never ask for all tables when only some without rows are wanted', () => {
    const runs = runsOf(options({ includeTables: ['cache'] }), mariadb, choice({ schemaOnly: ['cache'] }));

    expect(runs).toHaveLength(1);
    expect(runs[0]).toContain('--no-data');
  });

  it.each([
    ['10.6.18', false],
    ['10.11.6', true],
    ['11.4.2', true],
  ])('of MariaDB %s take the history of a table: %s', (version, isTaken) => {
    const versioned = choice({ whole: ['goods'] }, 'SYSTEM VERSIONED');

    expect(runsOf(options(), { ...mariadb, version }, versioned)[0]?.includes('--dump-history')).toBe(
      isTaken,
    );
  });
});

function runsOf(
  given: MysqlOptions,
  client: ClientProgram,
  chosen: Choice,
  maxAllowedPacketInBytes = 2 ** 24,
) {
  const settings = { lowerCaseTableNames: 0, partialRevokes: false, maxAllowedPacketInBytes };
  const survey = { server: '10.11.6-MariaDB', family: 'mariadb', tables: [], floats: [], settings } as const;
  return clientRuns({ options: given, survey, choice: chosen }, client);
}

function options(more: object = {}): MysqlOptions {
  return MysqlOptions.parse({ driver: 'mysql', user: 'shop', database: 'shop', ...more });
}

function choice(
  names: { whole?: string[]; schemaOnly?: string[]; excluded?: string[] },
  type = 'BASE TABLE',
): Choice {
  const tables = (list: string[] = []) =>
    list.map((name) => ({ name, type, engine: 'InnoDB', transactional: 'YES' as const, sizeInBytes: 0 }));
  return {
    whole: tables(names.whole),
    schemaOnly: tables(names.schemaOnly),
    excluded: tables(names.excluded),
    warnings: [],
  };
}
