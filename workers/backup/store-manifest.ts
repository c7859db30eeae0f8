import { hostname } from 'node:os';
import { Readable } from 'node:stream';
import type { Destination } from '../../src/destinations/destination.ts';
import type { Backup } from '../../src/domain/backup.ts';
import { manifestKey } from '../../src/domain/backup-key.ts';
import { Manifest } from '../../src/domain/manifest.ts';
import type { RunReport, Stored } from '../../src/domain/report.ts';
import { sentenceOf } from '../../src/log.ts';
import type { Written } from './write-archive.ts';

type Run = Pick<RunReport, 'runId' | 'startedAt' | 'finishedAt'> & Pick<Backup, 'app' | 'kind'>;

/** Writes the manifest beside every archive that is complete. A destination that has no manifest has no backup one can trust. */
export async function storeManifest(
  { archive, stored, dumps, warnings }: Written,
  run: Run,
  destinations: readonly Destination[],
  signal: AbortSignal,
): Promise<readonly Stored[]> {
  if (archive === undefined) return stored;

  const manifest = Manifest.parse({ version: 1, ...run, host: hostname(), archive, dumps, warnings });
  const text = `${JSON.stringify(manifest, null, 2)}\n`;

  return Promise.all(
    stored.map(async (result): Promise<Stored> => {
      const destination = destinations.find(({ name }) => name === result.destination);
      if (result.outcome === 'failed' || destination === undefined) return result;
      try {
        await destination.store(
          manifestKey(archive.key),
          Readable.from([text], { objectMode: false }),
          signal,
        );
        return result;
      } catch (thrown) {
        const reason = `The archive arrived, but its manifest did not: ${sentenceOf(thrown)}`;
        return { outcome: 'failed', destination: result.destination, reason };
      }
    }),
  );
}
