import type { Readable } from 'node:stream';
import type { DumpFacts } from '../domain/manifest.ts';

/** A dump on its way. */
export interface Dump {
  /**
   * Ends only when the dump is known to be good: the program left with 0 and its end marker was seen.
   * Else it is destroyed with a {@link DatabaseError}, and so is the archive it flows into.
   */
  readonly content: Readable;
  /** Valid once `content` has ended. */
  facts(): Omit<DumpFacts, 'entry' | 'sizeInBytes'>;
  /** Things people should know, in sentences: tables that are not transactional, … Complete once `content` has ended. */
  readonly warnings: readonly string[];
}

/** One database that can be dumped. Reads, never writes. */
export interface Dumper {
  /** `mysql shop on 127.0.0.1`, for messages. */
  readonly title: string;
  /** `mysql-shop.sql`: its name below `databases/` in the archive. */
  readonly fileName: string;
  /** Connects and looks, without dumping. @throws {DatabaseError} when the database cannot be reached or read. */
  check(signal: AbortSignal): Promise<void>;
  /** About how many bytes a dump will have, by what the database says of itself. Cheap, and rough. @throws {DatabaseError} */
  estimate(signal: AbortSignal): Promise<number>;
  /** @throws {DatabaseError} when it is known beforehand that no faithful dump can be made. */
  dump(signal: AbortSignal): Promise<Dump>;
}

/** A database that cannot be dumped: a sentence for the channel, redacted, with what to do. */
export class DatabaseError extends Error {
  override name = 'DatabaseError';
  /** Another try may go well: somebody changed a table while it was read. */
  readonly isPassing: boolean;

  constructor(
    message: string,
    { isPassing = false, ...options }: ErrorOptions & { isPassing?: boolean } = {},
  ) {
    super(message, options);
    this.isPassing = isPassing;
  }
}
