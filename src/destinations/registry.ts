import type { Destination } from './destination.ts';
import { localDestination } from './local.ts';
import type { DestinationOptions } from './options.ts';
import { s3Destination } from './s3.ts';

export function openDestination(name: string, options: DestinationOptions): Destination {
  switch (options.driver) {
    case 'local':
      return localDestination(name, options);
    case 's3':
      return s3Destination(name, options);
  }
}
