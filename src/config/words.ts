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
      if (issue.discriminator === undefined) return unionInWords(issue.input, issue.errors);
      return oneOf(
        fieldOf(issue.input, issue.discriminator),
        // Where the key may be left out, "undefined" is among them; nobody can type that.
        Array.isArray(issue.options) ? issue.options.filter((each) => each !== undefined).map(String) : [],
      );
    case 'too_small':
      return outside(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return outside(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
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
  const all = `There ${known.length === 1 ? 'is only' : 'are'} ${known.join(', ')}.`;
  if (input === undefined) return `It is missing. ${all}`;
  const typed = String(input);
  const [likely] = didYouMean(typed, known);
  const hint = likely === undefined ? all : `Did you mean "${likely}"?`;
  return `"${typed}" is not known here. ${hint}`;
}

/** A value that could be of several kinds: what is wrong with it as one of them, or that it is of none. */
function unionInWords(input: unknown, errors: readonly (readonly z.core.$ZodIssue[])[]): string {
  const issues = errors.flat();
  const expected = issues.flatMap((issue) => (issue.code === 'invalid_type' ? [nameOf(issue.expected)] : []));
  if (expected.length === issues.length) return `Expected ${expected.join(' or ')}, not ${kindOf(input)}.`;
  const others = issues.filter(({ code }) => code !== 'invalid_type');
  return [...new Set(others.map(({ message }) => asSentence(message)))].join(' ');
}

function outside(origin: string, bound: string, limit: number | bigint): string {
  switch (origin) {
    case 'string':
      return limit === 1 ? 'It is empty.' : `Expected ${bound} ${limit} characters.`;
    case 'array':
      return `Expected ${bound} ${limit} in the list.`;
    default:
      return `Expected ${bound} ${limit}.`;
  }
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
