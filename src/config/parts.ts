import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { didYouMean } from '../domain/did-you-mean.ts';
import type { KnownApp } from '../domain/known-app.ts';
import type { StoreOptions } from '../store/options.ts';
import { crossCheck } from './cross-checks.ts';
import { Outline } from './outline.ts';
import { ConfigError, type Problem, pathName } from './problems.ts';
import { type ConfigFile, withLines } from './read.ts';
import { resolvePlaceholders } from './resolve.ts';
import { BotConfig, WorkerConfig } from './schema.ts';
import { secretsIn } from './secrets.ts';
import { problemsOf, valueAt } from './validate.ts';

export type { AppConfig } from './schema.ts';

interface Secrets {
  /** What must never be said; for the redactor. */
  readonly secrets: readonly string[];
}

export type BotPart = z.infer<typeof BotConfig> & Secrets & { readonly apps: readonly KnownApp[] };

/** The apps of one worker group, and only the destinations these use. */
export type WorkerPart = z.infer<typeof WorkerConfig> &
  Secrets & {
    /** The names of all apps of the file. */
    readonly knownApps: readonly string[];
  };

/** The bot's part, with its placeholders filled in; those of others are left alone. @throws {ConfigError} */
export function botPart(config: ConfigFile): BotPart {
  const part = fillIn(config, BotConfig, pick(config.value, Object.keys(BotConfig.shape)));
  const apps = Object.entries(config.outline.apps).map(([name, { runsOn, destinations }]) => ({
    name,
    runsOn,
    destinations,
  }));
  return { ...part, queue: besideFile(part.queue, config), apps };
}

/** The part of a worker of `group`, with its placeholders filled in; those of others are left alone. @throws {ConfigError} */
export function workerPart(config: ConfigFile, group: string): WorkerPart {
  const apps = Object.entries(config.outline.apps).filter(([, { runsOn }]) => runsOn === group);
  if (apps.length === 0) throw new ConfigError(config.file, [noAppsOf(group, config)]);

  const used = apps.flatMap(([, { destinations }]) => destinations);
  const part = fillIn(config, WorkerConfig, {
    ...pick(config.value, ['timezone', 'queue', 'http', 'shutdownGrace']),
    apps: pick(
      valueAt(config.value, ['apps']),
      apps.map(([name]) => name),
    ),
    destinations: pick(valueAt(config.value, ['destinations']), used),
  });
  const knownApps = Object.keys(config.outline.apps);
  return { ...part, queue: besideFile(part.queue, config), knownApps };
}

/** The same folder from wherever the file is read. */
function besideFile(queue: StoreOptions, { file }: ConfigFile): StoreOptions {
  return { ...queue, folder: resolve(dirname(file), queue.folder) };
}

function fillIn<Schema extends z.ZodObject>(
  config: ConfigFile,
  schema: Schema,
  part: unknown,
): z.infer<Schema> & Secrets {
  const { value, problems: missing } = resolvePlaceholders(part, config);
  const isMissing = ({ path }: Problem) => missing.some((other) => pathName(other.path) === pathName(path));
  const wrong = [...problemsOf(schema, value), ...crossCheck(Outline.parse(value))];
  const problems = [...missing, ...wrong.filter((problem) => !isMissing(problem))];
  if (problems.length > 0) throw new ConfigError(config.file, withLines(problems, config.lineOf));
  return Object.assign(schema.parse(value), { secrets: [...new Set(secretsIn(value))] });
}

function noAppsOf(group: string, { outline }: ConfigFile): Problem {
  const groups = [...new Set(Object.values(outline.apps).map(({ runsOn }) => runsOn))];
  const [likely] = didYouMean(group, groups);
  const hint = likely === undefined ? `There are ${groups.join(', ')}.` : `Did you mean "${likely}"?`;
  return { path: ['apps'], message: `No app runs on the group "${group}". ${hint}` };
}

function pick(value: unknown, keys: readonly string[]): Record<string, unknown> {
  const found = keys.map((key) => [key, valueAt(value, [key])]);
  return Object.fromEntries(found.filter(([, inside]) => inside !== undefined));
}
