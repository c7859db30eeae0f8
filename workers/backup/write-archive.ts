import type { Destination } from '../../src/destinations/destination.ts';
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
  { signal, ...options }: FanOutOptions,
): Promise<Written> {
  const ending = new AbortController();
  const untilEnd = AbortSignal.any([signal, ending.signal]);
  try {
    const { entries, countContent, dumps, warnings } = await entriesOf(content, untilEnd, meter);
    const archive = content.archive.pack(entries, { signal: untilEnd, onContent: countContent });
    archive.stream.once('end', () => meter.step('storing'));
    const { stored, archive: bytes } = await fanOut(archive.stream, destinations, key, {
      ...options,
      signal: untilEnd,
      onBytes: meter.archive,
    });
    if (bytes === undefined) return { stored, dumps: [], warnings: warnings() };

    const facts = { key, ...bytes, ...(await archive.summary) };
    return { stored, archive: facts, dumps: dumps(), warnings: warnings() };
  } finally {
    ending.abort(); // Whatever still reads or writes for this run ends with it.
  }
}
