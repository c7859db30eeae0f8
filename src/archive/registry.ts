import type { Format } from './archive.ts';
import type { FormatOptions } from './options.ts';
import { tarFormat } from './tar.ts';
import { zipFormat } from './zip.ts';

export function openFormat(options: FormatOptions): Format {
  switch (options.format) {
    case 'zip':
      return { extension: 'zip', keepsBytes: false, pack: zipFormat(options) };
    case 'tar.gz':
      return { extension: 'tar.gz', keepsBytes: true, pack: tarFormat(options) };
  }
}
