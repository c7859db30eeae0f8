import { stat } from 'node:fs/promises';
import { checkFileSelection } from '../src/archive/check-file-selection.ts';
import type { FileSelection } from '../src/archive/file-selection.ts';
import { type Destination, DestinationError, type Finding } from '../src/destinations/destination.ts';
import { strayWords } from '../src/domain/stray.ts';
import { sentenceOf } from '../src/log.ts';
import type { App } from './app.ts';
import { refuseOverlap } from './backup/refuse-overlap.ts';
import { straysOf } from './strays.ts';
import { tryFiles } from './try-files.ts';

/** One thing that was tried: it works, with what is to be known about it, or the sentence that says why not. */
export interface Checked {
  readonly subject: string;
  readonly note?: string;
  readonly problem?: string;
}

/** Tries everything a run of these apps would need, one after another, without dumping or storing anything. */
export async function* checkApps(
  apps: ReadonlyMap<string, App>,
  knownApps: readonly string[],
): AsyncGenerator<Checked> {
  const destinations = new Set([...apps.values()].flatMap((app) => app.destinations));
  const failed = new Set<Destination>();
  for (const destination of destinations) {
    for await (const checked of checkDestination(destination)) {
      if (checked.problem !== undefined) failed.add(destination);
      yield checked;
    }
  }
  for (const stray of await straysOf({ apps, knownApps }))
    yield { subject: `${stray.destination}: backups of ${stray.app}`, note: strayWords(stray) };
  for (const app of apps.values()) {
    yield* checkPlaces(app);
    for (const dumper of app.dumpers)
      yield tried(`${app.name}: ${dumper.title}`, () => dumper.check(AbortSignal.any([])));
    if (app.files) yield checkFiles(app, app.files);
    yield* checkLists(app, failed);
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

/** Two names of one folder, by a link or a mount: the second would refuse every archive that the first has taken. */
async function* checkPlaces({ name, destinations }: App): AsyncGenerator<Checked> {
  const seen = new Map<string, string>();
  for (const destination of destinations) {
    const folder = destination.folder && (await identityOf(destination.folder));
    const first = folder && seen.get(folder);
    if (first) yield { subject: `${name}: destinations`, problem: sameFolder(name, first, destination.name) };
    if (folder) seen.set(folder, destination.name);
  }
}

/** `undefined` while it is not there. */
async function identityOf(folder: string): Promise<string | undefined> {
  const found = await stat(folder, { bigint: true }).catch(() => undefined);
  return found && `${found.dev} ${found.ino}`;
}

function sameFolder(app: string, first: string, second: string): string {
  return `${second} is the same folder as ${first}, so it would refuse every archive. Take one of them out of apps.${app}.destinations, or give it another folder.`;
}

/** Each file is opened, as a run will do it. */
async function checkFiles(app: App, files: FileSelection): Promise<Checked> {
  const subject = `${app.name}: files`;
  try {
    await checkFileSelection(files);
    await refuseOverlap(app, files, app.destinations);
    const notes = await tryFiles(files);
    return notes.length === 0 ? { subject } : { subject, note: notes.join(' ') };
  } catch (thrown) {
    return { subject, problem: sentenceOf(thrown) };
  }
}

/** What a run asks each destination beforehand. That the credentials may not list is said with the rights. */
async function* checkLists(
  { name, destinations }: App,
  failed: ReadonlySet<Destination>,
): AsyncGenerator<Checked> {
  for (const destination of destinations) {
    if (failed.has(destination)) continue;
    const problem = await problemOf(() => destination.list(name));
    if (problem !== undefined) yield { subject: `${name}: backups in ${destination.name}`, problem };
  }
}

async function problemOf(ask: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await ask();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof DestinationError && thrown.kind === 'write-only') return undefined;
    return sentenceOf(thrown);
  }
}

async function tried(subject: string, attempt: () => Promise<void>): Promise<Checked> {
  try {
    await attempt();
    return { subject };
  } catch (thrown) {
    return { subject, problem: sentenceOf(thrown) };
  }
}
