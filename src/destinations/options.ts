import { z } from 'zod';
import { LocalOptions } from './local/options.ts';
import { S3Options } from './s3/options.ts';

/** Every kind of destination the configuration can name. */
export const DestinationOptions = z.discriminatedUnion('driver', [LocalOptions, S3Options]);
export type DestinationOptions = z.infer<typeof DestinationOptions>;
