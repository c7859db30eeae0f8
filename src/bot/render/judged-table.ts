import type { Block } from '../../chat/message.ts';
import type { JudgedBackup } from '../../domain/cleanup-report.ts';
import { humanBytes, humanCount } from '../../domain/units.ts';

/** A channel is no place for thousands of lines. */
const shown = 20;

/** Backups with their reasons; `heading` says what becomes of them. Nothing when there are none. */
export function judgedTable(heading: string, backups: readonly JudgedBackup[]): Block[] {
  if (backups.length === 0) return [];
  const hidden = backups.length - shown;
  const table: Block = {
    kind: 'table',
    head: [heading, 'taken', 'size', 'why'],
    rows: backups
      .slice(0, shown)
      .map(({ key, takenAt, sizeInBytes, reason }) => [
        { code: key },
        { time: takenAt },
        humanBytes(sizeInBytes),
        reason,
      ]),
  };
  return hidden > 0
    ? [table, { kind: 'lines', lines: [[`and ${hidden.toLocaleString('en-US')} more`]] }]
    : [table];
}

/** `12 backups (3.4 GiB)`, or `nothing`. */
export function countAndSize(backups: readonly JudgedBackup[]): string {
  if (backups.length === 0) return 'nothing';
  return `${humanCount(backups.length, 'backup')} (${humanBytes(sizeOf(backups))})`;
}

export function sizeOf(backups: readonly JudgedBackup[]): number {
  return backups.reduce((total, { sizeInBytes }) => total + sizeInBytes, 0);
}
