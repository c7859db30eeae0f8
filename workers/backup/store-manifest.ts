import { hostname } from 'node:os';
import { Readable } from 'node:stream';
import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import { removeWorthless } from '../../src/destinations/remove-worthless.ts';
import type { Backup } from '../../src/domain/backup.ts';
import { manifestKey } from '../../src/domain/backup-key.ts';
import { Manifest } from '../../src/domain/manifest.ts';
import type { RunReport, Stored } from '../../src/domain/report.ts';
import type { Written } from './write-archive.ts';

/** What a manifest says of the run that made its archive. */
export type Run = Pick<RunReport, 'runId' | 'startedAt' | 'finishedAt'> & Pick<Backup, 'app' | 'kind'>;

/**
 * Writes the manifest beside every archive at these destinations that is complete; it says where a copy could not be compared.
 * Where that fails the archive is removed again: without its manifest it is no backup one can trust.
 */
export async function storeManifest(
  { archive, stored, dumps, warnings, withManifest }: Written,
  run: Run,
  destinations: readonly Destination[],
  signal: AbortSignal,
): Promise<readonly Stored[]> {
  if (archive === undefined) return stored;

  const manifest = Manifest.parse({ version: 1, ...run, host: hostname(), archive, dumps, warnings });
  return Promise.all(
    stored.map(async (result): Promise<Stored> => {
      const destination = destinations.find(({ name }) => name === result.destination);
      if (result.outcome === 'failed' || destination === undefined) return result;
      if (withManifest?.has(destination.name)) return result;
      const text = textOf({ ...manifest, ...notCompared(result) });
      try {
        await destination.store(
          manifestKey(archive.key),
          Readable.from([text], { objectMode: false }),
          signal,
        );
        return result;
      } catch (thrown) {
        if (!(thrown instanceof DestinationError)) throw thrown;
        const { message, kind } = await removeWorthless(destination, archive.key, thrown);
        const reason = `The archive arrived, but its manifest did not: ${message}`;
        return { outcome: 'failed', destination: destination.name, reason, refused: kind !== 'not-reached' };
      }
    }),
  );
}

function textOf(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function notCompared({
  compared,
  note,
}: Extract<Stored, { outcome: 'stored' }>): Pick<Manifest, 'notCompared'> {
  return compared ? {} : { notCompared: note ?? 'The credentials are write-only.' };
}
