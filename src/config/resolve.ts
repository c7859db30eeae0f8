import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fillIn, type Source } from './placeholders.ts';
import type { Problem } from './problems.ts';
import type { ConfigFile } from './read.ts';
import { mapTexts } from './texts.ts';

/** A value with every placeholder in it filled in, or why some could not be. */
export interface Resolved {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Fills in what `value`, a part of the configuration, takes from the environment and from files. Never throws. */
export function resolvePlaceholders(value: unknown, config: Pick<ConfigFile, 'file' | 'env'>): Resolved {
  const problems: Problem[] = [];
  const filledIn = mapTexts(value, (text, path) =>
    fillIn(text, (source) => {
      const found = find(source, config);
      if ('problem' in found) problems.push({ path, message: found.problem });
      return 'text' in found ? found.text : '';
    }),
  );
  return { value: filledIn, problems };
}

type Found = { readonly text: string } | { readonly problem: string };

function find(source: Source, { file, env }: Pick<ConfigFile, 'file' | 'env'>): Found {
  if ('file' in source) return readSecret(resolve(dirname(file), source.file));

  const text = env[source.variable];
  if (text !== undefined) return { text };
  return { problem: `The environment variable ${source.variable} is not set, and this process needs it.` };
}

/** A trailing newline is cut: nearly every editor and `echo` adds one, and no secret ends in it. */
function readSecret(path: string): Found {
  try {
    return { text: readFileSync(path, 'utf8').replace(/\r?\n$/, '') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return {
      problem: `The file ${path} ${whyNot[code] ?? `cannot be read (${code})`}, and this process needs it.`,
    };
  }
}

const whyNot: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there',
  EACCES: 'may not be read by the user that runs Holdfast',
  EISDIR: 'is a folder',
};
