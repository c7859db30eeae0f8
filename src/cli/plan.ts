import { text } from 'node:stream/consumers';
import { ConfigError, type Problem } from '../config/problems.ts';
import { problemsOf } from '../config/validate.ts';
import { PlanRequest } from '../domain/retention/plan-request.ts';
import { type Planned, planCleanup } from '../domain/retention.ts';
import type { ExitCode } from './exit.ts';

/**
 * Tries a retention policy out on a listing that comes on standard input. No destination is looked at.
 * @throws {ConfigError} that names everything that is wrong with the request at once
 */
export async function plan(): Promise<ExitCode> {
  if (process.stdin.isTTY)
    throw wrong([{ path: [], message: 'It is missing: holdfast plan < request.json' }]);
  const { now, timezone: zone, policy, backups } = readRequest(await text(process.stdin));

  const { keep, remove, warnings } = planCleanup(backups, policy, { now, zone });
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  process.stdout.write(`${JSON.stringify({ keep: keep.map(row), remove: remove.map(row) }, null, 2)}\n`);
  return 0;
}

function readRequest(json: string): PlanRequest {
  const value = parseJson(json);
  const { data } = PlanRequest.safeParse(value);
  if (data === undefined) throw wrong(problemsOf(PlanRequest, value));
  return data;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const message = `It is not JSON: ${error instanceof Error ? error.message : String(error)}`;
    throw wrong([{ path: [], message }], { cause: error });
  }
}

function wrong(problems: readonly Problem[], options?: ErrorOptions): ConfigError {
  return new ConfigError('request', problems, options);
}

function row({ backup: { key }, reason }: Planned) {
  return { key, reason };
}
