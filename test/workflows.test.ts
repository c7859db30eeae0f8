import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const Permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));

const Workflow = z.object({
  permissions: Permissions,
  jobs: z.record(
    z.string(),
    z.object({
      permissions: Permissions.optional(),
      'timeout-minutes': z.number(),
      steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
    }),
  ),
});

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      /** Of one platform, mostly. */
      optional: z.boolean().default(false),
    }),
  ),
});

const registry = 'https://registry.npmjs.org/';

const folder = '.github/workflows';
const workflows = readdirSync(folder).map(
  (file) => [file, Workflow.parse(parse(readFileSync(join(folder, file), 'utf8')))] as const,
);

describe.each(workflows)('the workflow %s', (_, { permissions, jobs }) => {
  const all = Object.values(jobs);

  it('may only read unless a job says what it writes, and no job that runs our code may write here', () => {
    const runsOurs = all.filter(({ steps }) =>
      steps.some(({ uses }) => uses?.startsWith('actions/checkout')),
    );

    expect(Object.values(permissions).every((right) => right === 'read')).toBe(true);
    expect(runsOurs.map((job) => job.permissions?.contents ?? 'read')).toEqual(runsOurs.map(() => 'read'));
  });

  it('uses actions of GitHub alone, each of a fixed version', () => {
    const used = all.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));

    expect(used.filter((uses) => !/^actions\/[\w-]+@(v\d+|[0-9a-f]{40})/.test(uses))).toEqual([]);
  });

  it('puts nothing that somebody else wrote into a command', () => {
    const commands = all.flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));

    expect(commands.filter((run) => run.includes('${{'))).toEqual([]);
  });
});

describe('a release', () => {
  const commands = workflows
    .filter(([file]) => file === 'release.yml')
    .flatMap(([, { jobs }]) => Object.values(jobs))
    .flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));

  it('is built of what the lockfile names and was checked, with word of where, and a list of all that is in it', () => {
    const inOrder = ['npm ci', 'npm run check', 'npm publish --provenance', 'npm sbom'];

    const at = inOrder.map((start) => commands.findIndex((command) => command.startsWith(start)));

    expect(at.every((each) => each >= 0)).toBe(true);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });
});

it('what ships is asked for known holes in every check', () => {
  const [, ci] = workflows.find(([file]) => file === 'ci.yml') ?? [];
  const commands = Object.values(ci?.jobs ?? {}).flatMap(({ steps }) => steps.map(({ run = '' }) => run));

  expect(commands).toContainEqual(expect.stringMatching(/^npm audit --omit=dev --audit-level=high/));
});

it('every package that is always installed has its checksum in the lockfile, and comes from the registry', () => {
  const { packages } = Lockfile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const installed = Object.entries(packages).filter(([name, { optional }]) => name !== '' && !optional);

  const unsure = installed.filter(
    ([, { resolved = registry, integrity }]) => integrity === undefined || !resolved.startsWith(registry),
  );

  expect(installed.length).toBeGreaterThan(100);
  expect(unsure.map(([name]) => name)).toEqual([]);
});
