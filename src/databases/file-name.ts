import { z } from 'zod';

/** What a dump may be called in the archive: a plain file name on every system. */
export const DumpName = z
  .string()
  .max(100)
  .regex(/^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u, 'letters, digits, dots, dashes and underscores');

/** `('mysql', 'my shop', 'sql')` → `mysql-my-shop.sql`: whatever a database is called, a plain file name. */
export function dumpFileName(driver: string, name: string, extension: string): string {
  const plain = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100);
  return `${driver}-${plain}.${extension}`;
}
