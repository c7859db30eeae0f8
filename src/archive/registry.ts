import { z } from 'zod';
import type { Format } from './archive.ts';
import { TarOptions, tarFormat } from './tar.ts';
import { ZipOptions, zipFormat } from './zip.ts';

/** Every kind of archive the configuration can name. */
export const FormatOptions = z.discriminatedUnion('format', [ZipOptions, TarOptions]);
export type FormatOptions = z.infer<typeof FormatOptions>;

export function openFormat(options: FormatOptions): Format {
  switch (options.format) {
    case 'zip':
      return { extension: 'zip', pack: zipFormat(options) };
    case 'tar.gz':
      return { extension: 'tar.gz', pack: tarFormat(options) };
  }
}
