import { ConfigError } from '../config/problems.ts';
import { sentenceOf } from '../log.ts';

/** 0 done, 1 failed or unhealthy, 2 not understood. */
export type ExitCode = 0 | 1 | 2;

/** Runs a command to its end; what it throws is a sentence on standard error, never a stack trace. */
export async function exitWith(run: () => Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (thrown) {
    process.stderr.write(`${sentenceOf(thrown)}\n`);
    process.exitCode = thrown instanceof ConfigError ? 2 : 1;
  }
}
