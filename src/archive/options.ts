import { z } from 'zod';
import { TarOptions } from './tar/options.ts';
import { ZipOptions } from './zip/options.ts';

/** Every kind of archive the configuration can name. */
export const FormatOptions = z.discriminatedUnion('format', [ZipOptions, TarOptions]);
export type FormatOptions = z.infer<typeof FormatOptions>;
