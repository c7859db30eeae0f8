import { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';

/**
 * An object of the configuration: every key is known, and a mistyped one is told with the key that was likely meant;
 * several are a line each, in the order of the keys.
 */
export function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      return issue.keys.map((key) => unknownKey(key, Object.keys(shape))).join('\n');
    },
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  const [likely] = didYouMean(key, known);
  const hint = likely === undefined ? `There are ${known.join(', ')}.` : `Did you mean "${likely}"?`;
  return `There is no key "${key}" here. ${hint}`;
}
