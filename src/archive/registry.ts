import type { Format } from './archive.ts';
import type { FormatOptions } from './options.ts';
import { tarFormat } from './tar.ts';
import { hasRoomFor } from './zip/format.ts';
import { zipFormat } from './zip.ts';

export function openFormat(options: FormatOptions): Format {
  switch (options.format) {
    case 'zip':
      return { extension: 'zip', keepsBytes: false, keepsMoment: hasRoomFor, pack: zipFormat(options) };
    case 'tar.gz':
      return { extension: 'tar.gz', keepsBytes: true, keepsMoment: () => true, pack: tarFormat(options) };
  }
}
