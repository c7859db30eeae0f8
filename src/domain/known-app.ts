/** What a bot knows of an app: names only. What it is made of is known to its workers alone. */
export interface KnownApp {
  readonly name: string;
  /** The worker group that does its jobs. */
  readonly runsOn: string;
  readonly destinations: readonly string[];
}
