import type { Ask } from '../chat/platform.ts';
import { toInstant } from '../domain/instant.ts';
import type { KnownApp } from '../domain/known-app.ts';
import type { Report } from '../domain/report.ts';
import { type QuestionJob, questionsOf } from '../queue/contracts.ts';
import { type Answered, type Answering, toAsker } from './answering.ts';
import { newId } from './new-id.ts';
import { isAlive } from './status.ts';

/**
 * Asks the workers that reach the destinations: about one app, or group by group about all of `apps`. Each group answers
 * for itself, so a machine that is slow or away keeps nobody from the others' answers.
 */
export async function askWorkers(
  app: string | undefined,
  apps: readonly KnownApp[],
  ask: Ask,
  tools: Answering,
): Promise<Answered> {
  const asked = app === undefined ? apps : apps.filter(({ name }) => name === app);
  const groups = [...new Set(asked.map(({ runsOn }) => runsOn))];

  const told: Report[] = [];
  const pending: string[] = [];
  for (const group of groups) {
    const names = asked.filter(({ runsOn }) => runsOn === group).map(({ name }) => name);
    if (await isAlive(group, tools.state))
      pending.push(await question(group, questionAbout(app, names), ask, tools));
    else told.push({ kind: 'no-worker', group, apps: names }); // An answer that comes hours later helps nobody.
  }
  return { told, pending };
}

function questionAbout(app: string | undefined, apps: string[]): QuestionJob['question'] {
  return app === undefined ? { about: 'overview', apps } : { about: 'backups', app };
}

async function question(
  group: string,
  about: QuestionJob['question'],
  ask: Ask,
  { queue, clock }: Answering,
): Promise<string> {
  const id = newId('q');
  const data = { question: about, askedBy: ask.from, askedAt: toInstant(clock()), replyTo: toAsker(ask) };
  await queue.add(questionsOf(group), { id, data });
  return id;
}
