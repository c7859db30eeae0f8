import type { z } from 'zod';
import { holdsPlaceholder } from './placeholders.ts';
import type { Path, Problem } from './problems.ts';
import { asSentence, inWords } from './words.ts';

/** What `schema` finds wrong with `value`, in sentences. */
export function problemsOf(schema: z.ZodType, value: unknown): Problem[] {
  return schema.safeParse(value, { error: inWords }).error?.issues.flatMap(toProblems) ?? [];
}

/** The same for values whose placeholders are still in place: what a placeholder may turn out to be is not judged. */
export function structuralProblemsOf(schema: z.ZodType, value: unknown): Problem[] {
  const issues = schema.safeParse(value, { error: inWords }).error?.issues ?? [];
  return issues.filter((issue) => !isUpToPlaceholder(issue, value)).flatMap(toProblems);
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inside, part) => {
    return typeof inside === 'object' && inside !== null && Object.hasOwn(inside, part)
      ? Reflect.get(inside, part)
      : undefined;
  }, value);
}

function isUpToPlaceholder(issue: z.core.$ZodIssue, value: unknown): boolean {
  const found = valueAt(value, pathOf(issue));
  if (issue.code === 'invalid_union') return holdsPlaceholder(found);
  // A placeholder is a text, whatever comes of it.
  const neverFits = issue.code === 'invalid_type' && issue.expected !== 'string';
  return typeof found === 'string' && holdsPlaceholder(found) && !neverFits;
}

/** Unknown keys are a problem each, at their own place. */
function toProblems(issue: z.core.$ZodIssue): Problem[] {
  const path = pathOf(issue);
  if (issue.code !== 'unrecognized_keys') return [{ path, message: asSentence(issue.message) }];

  const sentences = issue.message.split('\n');
  return issue.keys.map((key, at) => ({ path: [...path, key], message: sentences[at] ?? issue.message }));
}

function pathOf({ path }: z.core.$ZodIssue): Path {
  return path.map((part) => (typeof part === 'number' ? part : String(part)));
}
