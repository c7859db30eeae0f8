import type { Block } from '../../chat/message.ts';
import type { JudgedBackup } from '../../domain/cleanup-report.ts';
import { humanBytes, humanCount } from '../../domain/units.ts';

/** A backup of some destination. */
export interface JudgedAt {
  readonly destination: string;
  readonly backup: JudgedBackup;
}

/** A channel is no place for thousands of lines. */
const shown = 20;

/** Backups with their reasons; `heading` says what becomes of them. Nothing when there are none. */
export function judgedTable(heading: string, backups: readonly JudgedAt[]): Block[] {
  if (backups.length === 0) return [];
  const hidden = backups.length - shown;
  const table: Block = {
    kind: 'table',
    head: [heading, 'at', 'taken', 'size', 'why'],
    rows: backups
      .slice(0, shown)
      .map(({ destination, backup: { key, takenAt, sizeInBytes, reason } }) => [
        { code: key },
        destination,
        { time: takenAt },
        humanBytes(sizeInBytes),
        reason,
      ]),
  };
  return hidden > 0
    ? [table, { kind: 'lines', lines: [[`and ${humanCount(hidden, 'more', 'more')}`]] }]
    : [table];
}

/** `12 backups (3.4 GiB)` */
export function countAndSize(backups: readonly JudgedBackup[]): string {
  return `${humanCount(backups.length, 'backup')} (${humanBytes(sizeOf(backups))})`;
}

export function sizeOf(backups: readonly JudgedBackup[]): number {
  return backups.reduce((total, { sizeInBytes }) => total + sizeInBytes, 0);
}
