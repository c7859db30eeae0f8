import { checkFileSelection } from '../src/archive/check-file-selection.ts';
import type { Destination, Finding } from '../src/destinations/destination.ts';
import { sentenceOf } from '../src/log.ts';
import type { App } from './app.ts';
import { refuseOverlap } from './backup/refuse-overlap.ts';

/** One thing that was tried: it works, with what is to be known about it, or the sentence that says why not. */
export interface Checked {
  readonly subject: string;
  readonly note?: string;
  readonly problem?: string;
}

/** Tries everything a run of these apps would need, one after another, without dumping or storing anything. */
export async function* checkApps(apps: readonly App[]): AsyncGenerator<Checked> {
  const destinations = new Set(apps.flatMap((app) => app.destinations));
  for (const destination of destinations) {
    yield* checkDestination(destination);
  }
  for (const app of apps) {
    for (const dumper of app.dumpers)
      yield tried(`${app.name}: ${dumper.title}`, () => dumper.check(AbortSignal.any([])));
    if (app.files) yield tried(`${app.name}: files`, () => checkFiles(app));
  }
}

async function* checkDestination(destination: Destination): AsyncGenerator<Checked> {
  const subject = `destination ${destination.name}`;
  try {
    for (const finding of await destination.check()) yield said(subject, finding);
  } catch (thrown) {
    yield { subject, problem: sentenceOf(thrown) };
  }
}

function said(destination: string, { about, answer, note, isProblem = false }: Finding): Checked {
  const subject = `${destination}: ${about}${answer === 'yes' ? '' : `: ${answer}`}`;
  if (isProblem) return { subject, problem: note ?? 'A run needs it.' };
  return note === undefined ? { subject } : { subject, note };
}

async function checkFiles(app: App): Promise<void> {
  if (app.files === undefined) return;
  await checkFileSelection(app.files);
  await refuseOverlap(app, app.files, app.destinations);
}

async function tried(subject: string, attempt: () => Promise<void>): Promise<Checked> {
  try {
    await attempt();
    return { subject };
  } catch (thrown) {
    return { subject, problem: sentenceOf(thrown) };
  }
}
