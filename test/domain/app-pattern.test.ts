import { describe, expect, it } from 'vitest';
import { matchesApp } from '../../src/domain/app-pattern.ts';

describe('a pattern for apps', () => {
  it.each([
    ['shop', 'shop', true],
    ['shop', 'shop-eu', false],
    ['shop', 'my-shop', false],
    ['shop', 'Shop', false],
    ['shop-*', 'shop-eu', true],
    ['shop-*', 'shop-', true],
    ['shop-*', 'shop', false],
    ['*', 'anything.at_all', true],
    ['**', 'shop', true],
    ['shop-?', 'shop-1', true],
    ['shop-?', 'shop-12', false],
    ['shop.eu', 'shop.eu', true],
    ['shop.eu', 'shopXeu', false],
    ['a+', 'aa', false],
  ])('%s and %s: %s', (pattern, app, expected) => {
    expect(matchesApp(pattern, app)).toBe(expected);
  });
});
