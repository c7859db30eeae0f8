import type { Readable } from 'node:stream';
import type { Entry } from '../../src/archive/archive.ts';
import { selectFiles } from '../../src/archive/select-files.ts';
import type { Dump } from '../../src/databases/dumper.ts';
import type { DumpFacts } from '../../src/domain/manifest.ts';
import { RunRefused } from '../app.ts';
import type { Content } from './content.ts';
import type { Meter } from './meter.ts';
import { neverSilent } from './never-silent.ts';

interface Entries {
  readonly entries: AsyncIterable<Entry>;
  countContent(entry: Entry, bytes: number): void;
  /** Complete once the entries have been read. */
  dumps(): DumpFacts[];
  warnings(): string[];
}

/** Dumps first, under `databases/`, then the files. @throws {RunRefused} when there is not one. */
export async function entriesOf(
  { app, dumpers, files, stallTimeoutInMs }: Content,
  signal: AbortSignal,
  meter: Meter,
): Promise<Entries> {
  const taken: { entry: string; dump: Dump }[] = [];
  const sizes = new Map<string, number>();
  const warnings: string[] = [];

  async function* all(): AsyncGenerator<Entry> {
    for (const dumper of dumpers) {
      const entry = `databases/${dumper.fileName}`;
      meter.step('dumping', dumper.title);
      const dump = await dumper.dump(signal);
      taken.push({ entry, dump });
      sizes.set(entry, 0);
      yield dumpEntry(entry, neverSilent(dump.content, { title: dumper.title, stallTimeoutInMs }));
    }
    if (files === undefined) return;
    meter.step('files');
    for await (const file of selectFiles(files, { signal, warn: (warning) => warnings.push(warning) })) {
      if (sizes.has(file.name)) throw new RunRefused(sameName(app, file.name));
      yield file;
    }
  }

  return {
    entries: counted(await notEmpty(all(), app), meter),
    countContent(entry, bytes) {
      const size = sizes.get(entry.name);
      if (size !== undefined) sizes.set(entry.name, size + bytes);
      meter.content(bytes);
    },
    dumps: () =>
      taken.map(({ entry, dump }) => ({ ...dump.facts(), entry, sizeInBytes: sizes.get(entry) ?? 0 })),
    warnings: () => [...taken.flatMap(({ dump }) => dump.warnings), ...warnings],
  };
}

function dumpEntry(name: string, content: Readable): Entry {
  return { kind: 'file', name, mode: 0o600, modifiedAt: new Date(), open: async () => content };
}

function sameName(app: string, name: string): string {
  return `A file of ${app} would have the name of a dump in the archive, ${name}. Exclude it, or give the database another name.`;
}

/** Looks at the first entry before anything is stored: an empty archive is not a backup. */
async function notEmpty(entries: AsyncGenerator<Entry>, app: string): Promise<AsyncIterable<Entry>> {
  const first = await entries.next();
  if (first.done)
    throw new RunRefused(
      `There is nothing to back up: the folders of ${app} hold no file that is not excluded.`,
    );

  return (async function* () {
    yield first.value;
    yield* entries;
  })();
}

async function* counted(entries: AsyncIterable<Entry>, meter: Meter): AsyncGenerator<Entry> {
  for await (const entry of entries) {
    yield entry;
    meter.entry();
  }
}
