import { describe, expect, it } from 'vitest';
import { chooseTables } from '../../../src/databases/mysql/choose-tables.ts';
import { MysqlOptions } from '../../../src/databases/mysql/options.ts';

const survey = {
  server: '8.4.0',
  family: 'mysql',
  tables: ['cache', 'goods', 'orders'].map(table),
  floats: [],
  settings: { lowerCaseTableNames: 0, partialRevokes: false, maxAllowedPacketInBytes: 2 ** 24 },
} as const;

describe('which tables go into a dump', () => {
  it.each([
    [{}, { whole: ['cache', 'goods', 'orders'], schemaOnly: [], excluded: [] }],
    [{ includeTables: ['goods'] }, { whole: ['goods'], schemaOnly: [], excluded: ['cache', 'orders'] }],
    [{ excludeTables: ['cache'] }, { whole: ['goods', 'orders'], schemaOnly: [], excluded: ['cache'] }],
    [{ schemaOnlyTables: ['cache'] }, { whole: ['goods', 'orders'], schemaOnly: ['cache'], excluded: [] }],
    [
      { excludeTables: ['cache'], schemaOnlyTables: ['cache', 'goods'] },
      { whole: ['orders'], schemaOnly: ['goods'], excluded: ['cache'] },
    ],
  ])('with %j: %j', (options, expected) => {
    const { whole, schemaOnly, excluded } = chosen(options);

    expect({ whole: names(whole), schemaOnly: names(schemaOnly), excluded: names(excluded) }).toEqual(
      expected,
    );
  });

  it('is refused when one to include is not there', () => {
    expect(() => chosen({ includeTables: ['order'] })).toThrow(
      'There is no table "order" in mysql shop on 127.0.0.1. Did you mean "orders"?',
    );
  });

  it('is warned about when one to exclude is not there: then nothing is lost', () => {
    expect(chosen({ excludeTables: ['chache'] }).warnings).toEqual([
      'There is no table "chache" in mysql shop on 127.0.0.1. Did you mean "cache"?',
    ]);
  });
});

function chosen(options: object) {
  return chooseTables(
    survey,
    MysqlOptions.parse({ driver: 'mysql', user: 'shop', database: 'shop', ...options }),
  );
}

function table(name: string) {
  return { name, type: 'BASE TABLE', engine: 'InnoDB', transactional: 'YES', sizeInBytes: 0 } as const;
}

function names(tables: readonly { readonly name: string }[]): string[] {
  return tables.map(({ name }) => name);
}
