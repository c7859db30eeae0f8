import { z } from 'zod';
import type { Destination } from './destination.ts';
import { LocalOptions, localDestination } from './local.ts';

/** Every kind of destination the configuration can name. */
export const DestinationOptions = z.discriminatedUnion('driver', [LocalOptions]);
export type DestinationOptions = z.infer<typeof DestinationOptions>;

export function openDestination(name: string, options: DestinationOptions): Destination {
  switch (options.driver) {
    case 'local':
      return localDestination(name, options);
  }
}
