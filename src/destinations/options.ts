import { z } from 'zod';
import { LocalOptions, placeOf as localPlace } from './local/options.ts';
import { S3Options, placeOf as s3Place } from './s3/options.ts';

/** Every kind of destination the configuration can name. */
export const DestinationOptions = z.discriminatedUnion('driver', [LocalOptions, S3Options]);
export type DestinationOptions = z.infer<typeof DestinationOptions>;

/** What it fills: two destinations with the same are one. */
export function placeOf(options: DestinationOptions): string {
  switch (options.driver) {
    case 'local':
      return localPlace(options);
    case 's3':
      return s3Place(options);
  }
}
