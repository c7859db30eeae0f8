import { z } from 'zod';

/** A TCP port. Digits in quotes are taken too, because that is what `${DB_PORT}` becomes. */
export const Port = z
  .union([z.int(), z.string().regex(/^\d+$/, 'a number').transform(Number)])
  .pipe(z.int().min(1).max(65_535));
