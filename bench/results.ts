/** What one run of the benchmark found. Compare ratios; seconds are only of this machine, at this moment. */
export interface Results {
  readonly at: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  /** Over all rounds, of the process that read, pressed and stored. */
  readonly workerPeakInBytes: number;
  readonly results: readonly Result[];
}

export interface Result {
  readonly what: string;
  /** What Holdfast is compared with. */
  readonly otherName: string;
  readonly contentInBytes: number;
  readonly archiveInBytes: { readonly holdfast: number; readonly other: number };
  /** `run`: the job alone. `process`: all of `holdfast say`, from its start to its end. */
  readonly medianInSeconds: Seconds<number>;
  /** Of the job to the other: 1 is as quick, 2 takes twice as long. */
  readonly ratio: number;
  readonly runs: Seconds<readonly number[]>;
}

interface Seconds<T> {
  readonly run: T;
  readonly process: T;
  readonly other: T;
}
