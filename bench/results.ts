/** What one run of the benchmark found. Compare ratios; seconds are only of this machine, at this moment. */
export interface Results {
  readonly at: string;
  readonly machine: string;
  readonly versions: readonly string[];
  readonly rounds: number;
  readonly subjects: readonly SubjectResult[];
}

export interface SubjectResult {
  readonly what: string;
  readonly contentInBytes: number;
  /** In the order they ran in; Holdfast is the first. */
  readonly rows: readonly Row[];
}

export interface Row {
  readonly name: string;
  /** Medians of all rounds. */
  readonly seconds: number;
  readonly processorInSeconds: number;
  readonly peakInBytes: number;
  readonly sizeInBytes: number;
  /** How many times as long as Holdfast it took: the median of those of each round. */
  readonly timesHoldfast: number;
  readonly allSeconds: readonly number[];
}
