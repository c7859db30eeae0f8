import type { Content as ArchiveBytes, Destination } from '../../src/destinations/destination.ts';
import { type FanOutOptions, fanOut } from '../../src/destinations/fan-out.ts';
import type { DumpFacts, Manifest } from '../../src/domain/manifest.ts';
import type { Stored } from '../../src/domain/report.ts';
import type { Content } from './content.ts';
import { entriesOf } from './entries.ts';
import type { Meter } from './meter.ts';

/** What became of the archive. */
export interface Written {
  readonly stored: readonly Stored[];
  /** Left out when no destination took it to the end. */
  readonly archive?: Manifest['archive'];
  readonly dumps: DumpFacts[];
  readonly warnings: string[];
  /** The destinations that have its manifest already, from an earlier start of the run. */
  readonly withManifest?: ReadonlySet<string>;
}

/** What the archive is, wherever it arrives. */
export type Facts = Required<Pick<Written, 'archive'>> & Pick<Written, 'dumps' | 'warnings'>;

interface WriteOptions extends Omit<FanOutOptions, 'beforeItAppears'> {
  /** Called when all of the archive has left, and nothing has appeared yet. What it fails with fails the run. */
  beforeItAppears(facts: Facts): Promise<void>;
}

/**
 * Reads the content once, as one archive, into every destination at the same time. Nothing is kept on the way.
 * @throws whatever spoils the content: a dump that failed, a file that cannot be read. Nothing is visible anywhere then.
 */
export async function writeArchive(
  content: Content,
  destinations: readonly Destination[],
  key: string,
  meter: Meter,
  { signal, beforeItAppears, ...options }: WriteOptions,
): Promise<Written> {
  const ending = new AbortController();
  const untilEnd = AbortSignal.any([signal, ending.signal]);
  try {
    const { entries, countContent, dumps, warnings } = await entriesOf(content, untilEnd, meter);
    const archive = content.archive.pack(entries, { signal: untilEnd, onContent: countContent });
    archive.stream.once('end', () => meter.step('storing'));
    const factsOf = async (bytes: ArchiveBytes): Promise<Facts> => ({
      archive: { key, ...bytes, ...(await archive.summary) },
      dumps: dumps(),
      warnings: warnings(),
    });
    const { stored, archive: bytes } = await fanOut(archive.stream, destinations, key, {
      ...options,
      signal: untilEnd,
      onBytes: meter.archive,
      beforeItAppears: async (bytes) => beforeItAppears(await factsOf(bytes)),
    });
    if (bytes === undefined) return { stored, dumps: [], warnings: warnings() };
    return { stored, ...(await factsOf(bytes)) };
  } finally {
    ending.abort(); // Whatever still reads or writes for this run ends with it.
  }
}
