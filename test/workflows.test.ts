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
