import type { Backup } from '../../src/domain/backup.ts';
import type { JudgedBackup } from '../../src/domain/cleanup-report.ts';
import { toInstant } from '../../src/domain/instant.ts';
import type { Planned } from '../../src/domain/retention.ts';

/** A backup and its reason, as a report tells them. */
export function judged({ backup, reason }: Planned<Backup>): JudgedBackup {
  const { key, kind, takenAt, sizeInBytes } = backup;
  return { key, backup: kind, takenAt: toInstant(takenAt), sizeInBytes, reason };
}
