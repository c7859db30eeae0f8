import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const row = /^\| (?<promise>[^|]+) \| (?<file>test\/[^|]+) \| (?<test>[^|]+) \|$/gm;

const promises = [...readFileSync('docs/promises.md', 'utf8').matchAll(row)].map(({ groups = {} }) => groups);

it('the promises are there', () => {
  expect(promises.length).toBeGreaterThan(40);
});

it.each(promises)('“$promise” is proved by a test that there is', ({ file = '', test = '' }) => {
  expect(existsSync(file)).toBe(true);

  expect(readFileSync(file, 'utf8')).toContain(test);
});
