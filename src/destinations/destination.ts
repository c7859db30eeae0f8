import type { Readable } from 'node:stream';
import type { Backup } from '../domain/backup.ts';

/** A place that keeps archives. It is the truth about what exists. */
export interface Destination {
  /** As the configuration calls it. */
  readonly name: string;
  /** The folder of this machine it fills, where it is one. A source must not contain it. */
  readonly folder?: string;
  /**
   * Stores `content` under `key`. The key becomes visible only when the stream has ended well and is kept for good;
   * a stream that fails, or the `signal`, leaves nothing behind. An existing key is refused.
   * @throws {DestinationError}; what made the stream fail is thrown as it is, because the stream's maker has words for it.
   */
  store(key: string, content: Readable, signal: AbortSignal): Promise<void>;
  /** Every backup of `app`, in no order. Names that are not ours are not seen. None is an empty list. @throws {DestinationError} */
  list(app: string): Promise<Backup[]>;
  /** The bytes of `key`. The stream fails with a {@link DestinationError} when it is not there. */
  read(key: string): Readable;
  /** Removes `key`; a key that is not there is no error. @throws {DestinationError} */
  remove(key: string): Promise<void>;
  /** Whether it can be written to and listed, without leaving anything. @throws {DestinationError} */
  check(): Promise<void>;
  /** Where a person finds `key`: a path, an address. */
  locate(key: string): string;
}

/** A destination that said no or was not reached: a sentence for the channel, with what to do. */
export class DestinationError extends Error {
  override name = 'DestinationError';
}
