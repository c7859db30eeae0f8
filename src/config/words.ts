import type { z } from 'zod';
import { didYouMean } from '../domain/did-you-mean.ts';

/** Sentences for what a schema does not say itself; for the `error` option of a parse. */
export function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `It is missing: ${nameOf(issue.expected)} is needed here.`;
      return `Expected ${nameOf(issue.expected)}, not ${kindOf(issue.input)}.`;
    case 'invalid_value':
      return oneOf(issue.input, issue.values.map(String));
    case 'invalid_union':
      if (issue.discriminator === undefined) return unionInWords(issue.errors);
      return oneOf(
        fieldOf(issue.input, issue.discriminator),
        Array.isArray(issue.options) ? issue.options.map(String) : [],
      );
    case 'invalid_key':
      return issue.issues.map(({ message }) => asSentence(message)).join(' ');
    default:
      return undefined;
  }
}

/** Some schemas say only what they expect: `letters and digits` → `Expected letters and digits.` */
export function asSentence(message: string): string {
  const whole = /^[a-z]/.test(message) ? `Expected ${message}` : message;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

function oneOf(input: unknown, known: readonly string[]): string {
  if (input === undefined) return `It is missing. There are ${known.join(', ')}.`;
  const typed = String(input);
  const [likely] = didYouMean(typed, known);
  const hint = likely === undefined ? `There are ${known.join(', ')}.` : `Did you mean "${likely}"?`;
  return `"${typed}" is not known here. ${hint}`;
}

/** A value that could be one thing or another: why it is neither. */
function unionInWords(errors: readonly (readonly z.core.$ZodIssue[])[]): string {
  return [...new Set(errors.flat().map(({ message }) => asSentence(message)))].join(' Or: ');
}

const names: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'names with values',
};

function nameOf(expected: string): string {
  return names[expected] ?? expected;
}

function kindOf(input: unknown): string {
  if (input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'keys with values';
  // Not the text itself: it may be a secret in the wrong place.
  return typeof input === 'string' ? 'a text' : String(input);
}

function fieldOf(input: unknown, field: string): unknown {
  return typeof input === 'object' && input !== null ? Reflect.get(input, field) : undefined;
}
