import { configSchema } from '../config/json-schema.ts';
import type { ExitCode } from './exit.ts';

export async function schema(): Promise<ExitCode> {
  process.stdout.write(`${JSON.stringify(configSchema(), null, 2)}\n`);
  return 0;
}
