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
  store(key: string, content: Readable, signal: AbortSignal, options?: StoreOptions): Promise<void>;
  /**
   * Compares what the store holds under `key` with what was read. `'write-only'`: these credentials may not look, and the store
   * has not said it in another way. @throws {DestinationError} of the kind `differs` when it is something else, `missing` when
   * it is not there, and of another one when that cannot be known.
   */
  verify(
    key: string,
    expected: Content,
    signal: AbortSignal,
    options?: Pick<StoreOptions, 'onMoved'>,
  ): Promise<'verified' | 'write-only'>;
  /** Every backup of `app`, in no order. Names that are not ours are not seen. None is an empty list. @throws {DestinationError} */
  list(app: string): Promise<Backup[]>;
  /** The keys of the manifests of `app`, in no order, also of those whose archive is not there. @throws {DestinationError} */
  listManifests(app: string): Promise<string[]>;
  /** The names that folders of apps here have, in no order, whatever is in them; a thousand at most. @throws {DestinationError} */
  listApps(): Promise<string[]>;
  /** What the store says of `key`: `undefined` when it is not there, `'write-only'` when these credentials may not look. @throws {DestinationError} */
  head(key: string): Promise<Headline | 'write-only' | undefined>;
  /** The bytes of `key`, or some of them. The stream fails with a {@link DestinationError} when it is not there. */
  read(key: string, range?: ByteRange): Readable;
  /**
   * Ends what was begun to be stored under `key` and never appeared, whoever began it: nobody sees it, but it takes room.
   * Where these credentials may not look it stays. @throws {DestinationError}
   */
  tidy(key: string, signal: AbortSignal): Promise<void>;
  /** Removes `key`; a key that is not there is no error. @throws {DestinationError} */
  remove(key: string): Promise<void>;
  /** An address that gives the bytes of `key` to whoever has it, for so long; `undefined` where there is no such thing. @throws {DestinationError} */
  link(key: string, seconds: number): Promise<string | undefined>;
  /** What can be done with it, without leaving anything. @throws {DestinationError} when it cannot be used at all. */
  check(): Promise<Finding[]>;
  /** How much room is left, where that can be known. @throws {DestinationError} */
  freeInBytes?(): Promise<number>;
  /** The file system that it fills, where it is one: the same text for two destinations that take from the same room. @throws {DestinationError} */
  disk?(): Promise<string>;
  /** Where a person finds `key`: a path, an address. */
  locate(key: string): string;
}

export interface StoreOptions {
  /** How large the content may turn out to be; a store that takes it in pieces chooses their size by it. */
  readonly estimatedSizeInBytes?: number | undefined;
  /** Called as bytes are taken by the destination, for whoever watches that it has not come to a halt. */
  onMoved?(): void;
}

/** What a store says of an object without giving it. */
export interface Headline {
  /** `undefined` where the store does not say it. */
  readonly sizeInBytes: number | undefined;
}

/** What an archive is known by. */
export interface Content {
  /** In hexadecimal. */
  readonly sha256: string;
  readonly sizeInBytes: number;
}

/** From the byte `start` to the byte `end`, both included and counted from 0; without an end to the last. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

/** One thing that `check` found out. */
export interface Finding {
  readonly about:
    | 'reachable'
    | 'may list'
    | 'may write'
    | 'may delete'
    | 'may list unfinished uploads'
    | 'versioned'
    | 'locked';
  readonly answer: 'yes' | 'no' | 'unknown';
  /** What it means for the backups, a sentence. */
  readonly note?: string;
  /** Whether a run would fail for it. */
  readonly isProblem?: boolean;
}

interface Why extends ErrorOptions {
  /**
   * `refused`: it said no, and will again. `write-only`: these credentials may not look, which may be just what is wanted.
   * `not-reached`: no answer, or one that may change. `missing`: it is not there. `differs`: it holds something else.
   */
  readonly kind?: 'refused' | 'write-only' | 'not-reached' | 'missing' | 'differs';
}

/** A destination that said no or was not reached: a sentence for the channel, with what to do. */
export class DestinationError extends Error {
  override name = 'DestinationError';
  readonly kind: NonNullable<Why['kind']>;

  constructor(message: string, { kind = 'refused', ...options }: Why = {}) {
    super(message, options);
    this.kind = kind;
  }
}
