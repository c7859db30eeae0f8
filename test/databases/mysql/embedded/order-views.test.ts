import { describe, expect, it } from 'vitest';
import { orderViews } from '../../../../src/databases/mysql/embedded/order-views.ts';

describe('the order of views', () => {
  it('puts each behind those it reads', () => {
    const ordered = orderViews([
      view('a', 'select * from `c`'),
      view('b', 'select * from `a`'),
      view('c', 'select 1'),
    ]);

    expect(ordered.map(({ name }) => name)).toEqual(['c', 'a', 'b']);
  });

  it('is found even when columns are called like views, in a circle', () => {
    const ordered = orderViews([view('a', 'select 1 AS `b`'), view('b', 'select 1 AS `a`')]);

    expect(ordered.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

function view(name: string, body: string) {
  return { name, schema: `CREATE VIEW \`${name}\` AS ${body};` };
}
