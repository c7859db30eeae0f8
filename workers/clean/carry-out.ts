import { sentenceOf } from '../../src/log.ts';
import { Cancelled } from '../watch-cancel.ts';

/** Something that is to go. */
export interface Removal {
  readonly key: string;
  /** False when somebody is reading it; then nothing was done. */
  remove(): Promise<boolean>;
}

export type Outcome =
  | { readonly key: string; readonly became: 'removed' | 'being-read' }
  | { readonly key: string; readonly became: 'failed'; readonly problem: string };

/** A destination that fails so often in a row is left alone until the next time: the rest would fail too, and may take hours. */
const mostFailuresInARow = 3;

/**
 * Removes one after another; what fails is told. After three failures in a row, or once somebody has cancelled, the rest is not
 * tried and has no outcome. `onRemoved` hears of each that went.
 */
export async function carryOut(
  removals: readonly Removal[],
  signal: AbortSignal,
  onRemoved: () => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let failuresInARow = 0;
  for (const removal of removals) {
    if (signal.reason instanceof Cancelled) break;
    signal.throwIfAborted();
    if (failuresInARow === mostFailuresInARow) break;
    const outcome = await attempt(removal);
    failuresInARow = outcome.became === 'failed' ? failuresInARow + 1 : 0;
    outcomes.push(outcome);
    if (outcome.became === 'removed') onRemoved();
  }
  return outcomes;
}

/** Removes one thing; what keeps it from going is a value, too. */
export async function attempt({ key, remove }: Removal): Promise<Outcome> {
  try {
    return { key, became: (await remove()) ? 'removed' : 'being-read' };
  } catch (thrown) {
    return { key, became: 'failed', problem: sentenceOf(thrown) };
  }
}
