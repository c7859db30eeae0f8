import { z } from 'zod';
import type { Destination } from './destination.ts';
import { LocalOptions, localDestination } from './local.ts';
import { S3Options } from './s3/options.ts';
import { s3Destination } from './s3.ts';

/** Every kind of destination the configuration can name. */
export const DestinationOptions = z.discriminatedUnion('driver', [LocalOptions, S3Options]);
export type DestinationOptions = z.infer<typeof DestinationOptions>;

export function openDestination(name: string, options: DestinationOptions): Destination {
  switch (options.driver) {
    case 'local':
      return localDestination(name, options);
    case 's3':
      return s3Destination(name, options);
  }
}
