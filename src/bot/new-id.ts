import { randomBytes } from 'node:crypto';
import { jobIdOf } from '../domain/job-id.ts';

/** An id that no other job has. */
export function newId(prefix: 'r' | 'c' | 'v' | 'q' | 'a' | 'lk'): string {
  return jobIdOf(prefix, randomBytes(8));
}
