import type { Ask } from '../chat/platform.ts';
import { type Decision, decide } from '../domain/decide.ts';
import { type Answering, askerOf } from './answering.ts';
import { knownRuns } from './runs.ts';

/** Reads words against the apps and runs there are, and asks the rules. @throws {QueueError} @throws {StateError} */
export async function consider(
  words: string,
  ask: Pick<Ask, 'from' | 'where' | 'standing'>,
  tools: Pick<Answering, 'access' | 'apps' | 'queue' | 'state'>,
): Promise<Decision> {
  return decide(words, askerOf(ask), tools.access, {
    destinationsOf: (name) => tools.apps.find((app) => app.name === name)?.destinations ?? [],
    runs: await knownRuns(words, tools),
  });
}
