import type { Readable } from 'node:stream';
import type { Entry } from '../../src/archive/archive.ts';
import { oddities } from '../../src/archive/naming/name-files.ts';
import { openNaming } from '../../src/archive/naming/naming.ts';
import { selectFiles } from '../../src/archive/select-files.ts';
import type { Dump, Dumper } from '../../src/databases/dumper.ts';
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
  { app, archive, dumpers, files, stallTimeoutInMs }: Content,
  signal: AbortSignal,
  meter: Meter,
): Promise<Entries> {
  const taken: { entry: string; dump: Dump }[] = [];
  const sizes = new Map<string, number>();
  const warnings: string[] = [];
  const warn = (warning: string) => warnings.push(warning);
  const naming = openNaming(archive);

  function nameOf({ fileName, title }: Dumper): string {
    const named = naming.name(folderOfDumps, fileName, 'leaf');
    for (const [, sentence] of oddities(`the dump of ${title}`, named)) warn(sentence);
    return named.name;
  }

  async function* all(): AsyncGenerator<Entry> {
    if (dumpers.length > 0) naming.name('', folderOfDumps, 'implied');
    for (const dumper of dumpers) {
      const entry = nameOf(dumper);
      meter.step('dumping', dumper.title);
      const dump = await dumper.dump(signal);
      taken.push({ entry, dump });
      sizes.set(entry, 0);
      yield dumpEntry(entry, neverSilent(dump.content, { title: dumper.title, stallTimeoutInMs }));
    }
    if (files === undefined) return;
    meter.step('files');
    yield* selectFiles(files, { signal, warn, archive: { ...archive, naming } });
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

const folderOfDumps = 'databases';

function dumpEntry(name: string, content: Readable): Entry {
  return { kind: 'file', name, mode: 0o600, modifiedAt: new Date(), open: async () => content };
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
