import { type Content, type Destination, DestinationError } from '../../src/destinations/destination.ts';
import { readWhole } from '../../src/destinations/read-whole.ts';
import type { Backup } from '../../src/domain/backup.ts';
import { manifestKey } from '../../src/domain/backup-key.ts';
import { toInstant } from '../../src/domain/instant.ts';
import type { VerifiedBackup } from '../../src/domain/verify-report.ts';
import { sentenceOf } from '../../src/log.ts';
import { damagedManifest, readManifest } from '../backup/read-manifest.ts';
import { whileReading } from '../reading.ts';
import type { Tools } from '../tools.ts';
import { believedTwice, type Found } from './believed-twice.ts';

export interface Reading extends Pick<Tools, 'state' | 'log' | 'clock'> {
  readonly signal: AbortSignal;
  /** A destination that gives no byte for so long is given up. */
  readonly stallTimeoutInMs: number;
  /** Hears how many bytes came. */
  readonly onRead: (bytes: number) => void;
}

/**
 * Reads a backup whole and compares it with its manifest, while nobody can clean it away. `undefined` when it has gone since
 * it was listed. Whatever keeps it from being known is a value. @throws the reason of the `signal` once that is aborted.
 */
export async function verifyBackup(
  { key, kind, takenAt, sizeInBytes }: Backup,
  destination: Destination,
  reading: Reading,
): Promise<VerifiedBackup | undefined> {
  reading.signal.throwIfAborted();
  const found = await look(key, destination, reading);
  return found && { key, backup: kind, takenAt: toInstant(takenAt), sizeInBytes, ...found };
}

async function look(key: string, destination: Destination, reading: Reading): Promise<Found | undefined> {
  try {
    return await whileReading(key, destination, reading.state, () =>
      believedTwice(() => compare(key, destination, reading), { key, ...reading }),
    );
  } catch (thrown) {
    reading.signal.throwIfAborted();
    const kind = thrown instanceof DestinationError ? thrown.kind : 'not-reached';
    return { found: isKnown(kind) ? kind : 'not-read', problem: sentenceOf(thrown) };
  }
}

function isKnown(kind: DestinationError['kind']): kind is 'differs' | 'write-only' {
  return kind === 'differs' || kind === 'write-only';
}

async function compare(key: string, destination: Destination, reading: Reading): Promise<Found | undefined> {
  const expected = await expectedOf(key, destination);
  if (expected === undefined) return withoutManifest(key, destination);
  await readWhole(destination, key, expected, reading);
  return { found: 'whole' };
}

/** What the manifest says of the archive. */
async function expectedOf(key: string, destination: Destination): Promise<Content | undefined> {
  const manifest = await readManifest(destination, key);
  if (manifest !== undefined && manifest.archive.key !== key) throw damagedManifest(key, destination);
  return manifest?.archive;
}

async function withoutManifest(key: string, destination: Destination): Promise<Found | undefined> {
  const { name } = destination;
  if ((await destination.head(manifestKey(key))) === 'write-only')
    return { found: 'write-only', problem: `The credentials of ${name} may not read ${key}.` };
  if ((await destination.head(key)) === undefined) return undefined;
  const problem = `${key} has no manifest at ${name}, so nobody knows what it should be: its run goes on right now, or broke off.`;
  return { found: 'no-manifest', problem };
}
