import { grammarOf } from './grammar.ts';
import { type Known, unfinishedRuns } from './known-names.ts';
import type { ReportOf } from './report.ts';
import type { Asked } from './sort-words.ts';

/** Whether the verb needs a run and none is named. */
export function missesRun({ verb, named }: Asked): boolean {
  return grammarOf(verb).arguments.some(({ is, optional }, i) => is === 'run' && !optional && !named[i]);
}

/** The unfinished runs to choose from, by their apps; never one by itself, because it may not be the one that was meant. */
export function chooseRun(
  typed: string,
  { verb }: Asked,
  known: Known,
): ReportOf<'choose-app'> | ReportOf<'not-understood'> {
  const runs = verb === 'cancel' ? unfinishedRuns(verb, known) : [];
  if (runs.length === 0) {
    const problem = `${verb} needs the id of a run behind it${verb === 'cancel' ? ', and none is unfinished' : ''}.`;
    return { kind: 'not-understood', verb, problem, words: typed, didYouMean: [] };
  }
  return {
    kind: 'choose-app',
    verb,
    apps: runs.map(({ app }) => app),
    commands: runs.map(({ runId }) => `${verb} ${runId}`),
  };
}
