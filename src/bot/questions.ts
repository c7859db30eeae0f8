import type { Ask } from '../chat/platform.ts';
import type { CleanCommand } from '../domain/clean-command.ts';
import { toInstant } from '../domain/instant.ts';
import type { KnownApp } from '../domain/known-app.ts';
import type { Report } from '../domain/report.ts';
import { type QuestionJob, questionsOf } from '../queue/contracts.ts';
import { type Answered, type Answering, toAsker } from './answering.ts';
import { newId } from './new-id.ts';
import { isAlive } from './status.ts';

/** What is stored of all of `apps`, or each backup of the one that is named. */
export function askForList(
  app: string | undefined,
  apps: readonly KnownApp[],
  ask: Ask,
  tools: Answering,
): Promise<Answered> {
  if (app === undefined) return askWorkers(apps, (names) => ({ about: 'overview', apps: names }), ask, tools);
  return askWorkers(named(app, apps), () => ({ about: 'backups', app }), ask, tools);
}

/** How the backups of all of `apps` are, or of the one that is named. */
export function askForHealth(
  app: string | undefined,
  apps: readonly KnownApp[],
  ask: Ask,
  tools: Answering,
): Promise<Answered> {
  const wanted = app === undefined ? apps : named(app, apps);
  return askWorkers(wanted, (names) => ({ about: 'health', apps: names }), ask, tools);
}

/** What a clean would remove. */
export function askForPlan(
  command: CleanCommand,
  apps: readonly KnownApp[],
  ask: Ask,
  tools: Answering,
): Promise<Answered> {
  return askWorkers(named(command.app, apps), () => ({ about: 'cleanup', command }), ask, tools);
}

function named(app: string, apps: readonly KnownApp[]): KnownApp[] {
  return apps.filter(({ name }) => name === app);
}

/**
 * Asks the workers that reach the destinations of `apps`, group by group. Each group answers for itself, so a machine that
 * is slow or away keeps nobody from the others' answers.
 */
async function askWorkers(
  apps: readonly KnownApp[],
  about: (apps: string[]) => QuestionJob['question'],
  ask: Ask,
  tools: Answering,
): Promise<Answered> {
  const groups = [...new Set(apps.map(({ runsOn }) => runsOn))];

  const told: Report[] = [];
  const pending: string[] = [];
  for (const group of groups) {
    const names = apps.filter(({ runsOn }) => runsOn === group).map(({ name }) => name);
    if (await isAlive(group, tools.state)) pending.push(await question(group, about(names), ask, tools));
    else told.push({ kind: 'no-worker', group, apps: names }); // An answer that comes hours later helps nobody.
  }
  return { told, pending };
}

async function question(
  group: string,
  question: QuestionJob['question'],
  ask: Ask,
  { queue, clock }: Answering,
): Promise<string> {
  const id = newId('q');
  const data = { question, askedBy: ask.from, askedAt: toInstant(clock()), replyTo: toAsker(ask) };
  await queue.add(questionsOf(group), { id, data });
  return id;
}
