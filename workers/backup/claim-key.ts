import type { DateTime } from 'luxon';
import type { Backup } from '../../src/domain/backup.ts';
import { type ArchiveExtension, backupKey } from '../../src/domain/backup-key.ts';
import type { State } from '../../src/state/state.ts';

const lifetimeInSeconds = 7 * 24 * 3600;

interface Run extends Pick<Backup, 'app' | 'kind'> {
  readonly runId: string;
  readonly startedAt: DateTime;
  readonly extension: ArchiveExtension;
}

/**
 * The key of a run: the second it first started in, or the next one that no other run has. A run that is started
 * again after a crash gets the key it had.
 */
export async function claimKey(
  { app, kind, runId, startedAt, extension }: Run,
  state: State,
): Promise<string> {
  const before = await keyOf(runId, state);
  if (before?.endsWith(`.${extension}`)) return before;

  for (let takenAt = startedAt; ; takenAt = takenAt.plus({ seconds: 1 })) {
    const key = backupKey({ app, kind, takenAt }, extension);
    if (await state.claim(`run-of.${key}`, runId, lifetimeInSeconds)) {
      await state.remember(`key-of.${runId}`, key, lifetimeInSeconds);
      return key;
    }
  }
}

/** The key a run was given when it first started, if it came that far. @throws {StateError} */
export async function keyOf(runId: string, state: State): Promise<string | undefined> {
  const key = await state.recall(`key-of.${runId}`);
  return typeof key === 'string' ? key : undefined;
}
