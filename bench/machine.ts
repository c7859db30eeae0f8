import { cpus, release, totalmem } from 'node:os';
import { DateTime } from 'luxon';
import { toInstant } from '../src/domain/instant.ts';

/** When and where it is measured, and with which Node. */
export function machine() {
  return {
    at: toInstant(DateTime.utc()),
    machine: `${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GiB of memory, Linux ${release()}`,
  };
}
