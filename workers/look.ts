import { type Destination, DestinationError } from '../src/destinations/destination.ts';
import { archiveKey, manifestKey, readBackupKey } from '../src/domain/backup-key.ts';
import type { DestinationFacts } from '../src/domain/health/registry.ts';
import { sentenceOf } from '../src/log.ts';
import type { Tools } from './tools.ts';
import { recallVerified } from './verify/memory.ts';

/** What a destination holds of an app; that it cannot be reached is a fact, too. @throws {StateError} */
export async function look(
  app: string,
  destination: Destination,
  tools: Pick<Tools, 'state'>,
): Promise<DestinationFacts> {
  const { name } = destination;
  const memory = await recallVerified(app, name, tools);
  try {
    const backups = await destination.list(app);
    const manifests = new Set(await destination.listManifests(app));
    const freeInBytes = await destination.freeInBytes?.();
    const expected = new Set(backups.map(({ key }) => manifestKey(key)));
    return {
      reachable: true,
      destination: name,
      backups: backups.map((backup) => ({
        ...backup,
        hasManifest: manifests.has(manifestKey(backup.key)),
        last: memory[backup.key]?.last,
      })),
      gone: [...manifests].filter((manifest) => !expected.has(manifest)).flatMap(archiveOf),
      ...(freeInBytes !== undefined && { freeInBytes }),
    };
  } catch (thrown) {
    const writeOnly = thrown instanceof DestinationError && thrown.kind === 'write-only';
    return { reachable: false, destination: name, problem: sentenceOf(thrown), writeOnly };
  }
}

/** The archive that a manifest is of. */
function archiveOf(manifest: string) {
  const key = archiveKey(manifest) ?? '';
  const identity = readBackupKey(key);
  return identity === undefined ? [] : [{ key, takenAt: identity.takenAt }];
}
