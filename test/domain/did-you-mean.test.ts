import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../src/domain/did-you-mean.ts';

describe('what a mistyped word was meant for', () => {
  it.each<[string, string[]]>([
    ['lst', ['list']],
    ['lisst', ['list']],
    ['STATSU', ['status']],
    ['whoma', ['whoami']],
    ['stat', ['status']],
    ['whaomi', ['whoami']],
    ['rnu', ['run']],
    ['rxx', []],
    ['r', []],
    ['deploy', []],
    ['', []],
  ])('%j: %j', (word, expected) => {
    expect(didYouMean(word, ['run', 'list', 'status', 'whoami'])).toEqual(expected);
  });

  it('names the nearest first, and at most three', () => {
    const known = ['shop-aa', 'shop-a', 'shop-b', 'shop-c', 'shop-d'];

    const likely = didYouMean('shop-ab', known);

    expect(likely).toHaveLength(3);
    expect(likely[0]).toBe('shop-aa');
  });
});
