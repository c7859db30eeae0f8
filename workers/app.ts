import type { FileSelection } from '../src/archive/file-selection.ts';
import type { Format } from '../src/archive/archive.ts';
import type { Dumper } from '../src/databases/dumper.ts';
import type { Destination } from '../src/destinations/destination.ts';
import type { RetentionPolicy } from '../src/domain/retention/registry.ts';

/** One backed-up thing, with live tools instead of configuration. */
export interface App {
  readonly name: string;
  readonly files?: FileSelection;
  readonly dumpers: readonly Dumper[];
  readonly archive: Format;
  readonly destinations: readonly Destination[];
  /** How long a destination may move no byte before it is given up. */
  readonly stallTimeoutInMs: number;
  /** How long a run may take before it is ended. */
  readonly maxDurationInMs: number;
  readonly retention: Retention;
}

/** Which of an app's backups stay. */
export interface Retention {
  /** The IANA zone its days, weeks, months and years begin in. */
  readonly zone: string;
  policyAt(destination: string): RetentionPolicy;
}

/** A run that must not begin: a sentence for the person who asked, with what to do. */
export class RunRefused extends Error {
  override name = 'RunRefused';
}
