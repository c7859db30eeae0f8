import { createHash } from 'node:crypto';
import { manifestKey } from '../../src/domain/backup-key.ts';
import type { Manifest } from '../../src/domain/manifest.ts';

/** What a run would have said of an archive of these bytes: where its manifest lies, and what is in it. */
export function manifestFor(key: string, bytes: Buffer): { readonly key: string; readonly text: string } {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const manifest: Manifest = {
    ...{ version: 1, runId: 'r_4k2m9xw7', app: 'shop', kind: 'full' },
    ...{ startedAt: '2026-11-22T02:00:00.000Z', finishedAt: '2026-11-22T02:00:01.000Z', host: 'web1' },
    archive: { key, sha256, sizeInBytes: bytes.length, entries: 1, contentInBytes: 1 },
    ...{ dumps: [], warnings: [] },
  };
  return { key: manifestKey(key), text: JSON.stringify(manifest) };
}
