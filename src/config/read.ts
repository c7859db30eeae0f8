import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { crossCheck } from './cross-checks.ts';
import { Outline } from './outline.ts';
import { misspeltPlaceholders } from './placeholders.ts';
import { ConfigError, type Problem } from './problems.ts';
import { Config } from './schema.ts';
import { mapTexts } from './texts.ts';
import { structuralProblemsOf } from './validate.ts';
import { type ParsedYaml, parseYaml } from './yaml.ts';

/** A configuration whose structure is right. Its placeholders are still in place: each process fills in those of its own part. */
export interface ConfigFile {
  /** The whole path of the file. */
  readonly file: string;
  readonly value: unknown;
  readonly outline: Outline;
  readonly lineOf: ParsedYaml['lineOf'];
  /** Where `${NAME}` is looked up. */
  readonly env: NodeJS.ProcessEnv;
}

/** Reads `holdfast.yml`. @throws {ConfigError} that names everything that is wrong with it at once. */
export function readConfig(file: string, env: NodeJS.ProcessEnv): ConfigFile {
  const path = resolve(file);
  const { value, problems, readable, lineOf } = parseYaml(readText(path));
  if (!readable) throw new ConfigError(path, problems);

  const outline = Outline.parse(value);
  const found = [...structuralProblemsOf(Config, value), ...misspelt(value), ...crossCheck(outline)];
  const all = [...problems, ...withLines(found, lineOf)];
  if (all.length > 0) throw new ConfigError(path, all);
  return { file: path, value, outline, lineOf, env };
}

function misspelt(value: unknown): Problem[] {
  const problems: Problem[] = [];
  mapTexts(value, (text, path) => {
    for (const placeholder of misspeltPlaceholders(text)) {
      const message = `${placeholder} is no placeholder. There are \${NAME} and \${file:/run/secrets/name}; $${placeholder} is the text itself.`;
      problems.push({ path, message });
    }
    return text;
  });
  return problems;
}

export function withLines(problems: readonly Problem[], lineOf: ParsedYaml['lineOf']): Problem[] {
  return problems.map((problem) => ({ ...problem, line: lineOf(problem.path) }));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(path, [{ path: [], message: whyUnreadable(path, cause) }], { cause });
  }
}

function whyUnreadable(path: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'ENOENT':
      return `There is no configuration at ${path}. Begin with a copy of holdfast.example.yml, or name another file with --config.`;
    case 'EACCES':
      return `The user that runs Holdfast may not read ${path}. Give it that right.`;
    case 'EISDIR':
      return `${path} is a folder. Name the file in it.`;
    default:
      return `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`;
  }
}
