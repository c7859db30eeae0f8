/** A run or a clean that words can name, by its id or by its app's name. */
export interface KnownRun {
  readonly runId: string;
  readonly app: string;
  readonly unfinished: boolean;
}

/** `r_4k2m9xw7`, in any case, or `shop`: its unfinished run, else its unfinished clean, else the last run it had. */
export function runNamed(typed: string, runs: readonly KnownRun[]): KnownRun | undefined {
  const ofApp = runs.filter(({ app }) => app === typed);
  return (
    runs.find(({ runId }) => runId.toLowerCase() === typed.toLowerCase()) ??
    ofApp.find(({ unfinished }) => unfinished) ??
    ofApp[0]
  );
}
