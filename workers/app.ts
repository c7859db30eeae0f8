import type { Format } from '../src/archive/archive.ts';
import type { FileSelection } from '../src/archive/file-selection.ts';
import type { Dumper } from '../src/databases/dumper.ts';
import type { Destination } from '../src/destinations/destination.ts';
import type { Chore } from '../src/domain/firing.ts';
import type { HealthOptions } from '../src/domain/health/registry.ts';
import type { RetentionPolicy } from '../src/domain/retention/registry.ts';
import type { Schedule } from '../src/domain/schedule.ts';
import type { PingOptions } from '../src/ops/ping-options.ts';

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
  /** Whether a destination without room for the backup is refused beforehand. */
  readonly checkFreeSpace: boolean;
  readonly retention: Retention;
  /** IANA. What is said of its days is meant there. */
  readonly zone: string;
  /** What counts as healthy. */
  readonly health: HealthOptions;
  /** Whom its runs tell that they begin and how they ended. */
  readonly pings?: PingOptions;
  /** Within so many days all of its backups are to be read back, where a share at a time is; left out: 30. */
  readonly verifyAllWithinDays?: number;
  /** When which chore is due; those left out are never. */
  readonly chores: Readonly<Partial<Record<Chore, Schedule>>>;
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
