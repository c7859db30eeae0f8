import type { FileVersion, ReadOutcome, SystemFault } from './archive.ts';
import { reasonOf, systemError } from './file-selection-error.ts';
import { leaveOut, leaveOutAsGone, type Reading, unreadable } from './reading.ts';

/**
 * Puts what is odd about a file that was read into words.
 * @throws {FileSelectionError} when it could not be read and the selection does not ignore that.
 */
export function hearOutcome(path: string, outcome: ReadOutcome, reading: Reading): void {
  switch (outcome.kind) {
    case 'replaced':
      leaveOutAsGone(path, reading);
      break;
    case 'not opened':
      leaveOut(path, reading, systemError(outcome.fault));
      break;
    case 'stopped':
      tellStop(path, outcome.readInBytes, outcome.fault, reading);
      break;
    case 'read':
      tellChange(path, outcome, reading);
  }
}

/** A disk that fails halfway through a file: what was read is kept if the selection ignores what cannot be read. */
function tellStop(path: string, readInBytes: number, fault: SystemFault, reading: Reading): void {
  const error = systemError(fault);
  if (!reading.selection.ignoreUnreadable) throw unreadable(path, error);
  reading.warnings.add(
    'unreadable',
    `Kept only the first ${bytes(readInBytes)} of ${path}: ${reasonOf(error)}.`,
  );
}

interface Read {
  readonly opened: FileVersion;
  readonly closed: FileVersion;
  readonly readInBytes: number;
}

function tellChange(path: string, { opened, closed, readInBytes }: Read, { warnings }: Reading): void {
  const read = bytes(readInBytes);
  if (closed.modifiedAtInMs === opened.modifiedAtInMs && closed.sizeInBytes === opened.sizeInBytes) {
    if (readInBytes < opened.sizeInBytes)
      warnings.add(
        'short',
        `${path} ended after ${read}, though it says it has ${bytes(opened.sizeInBytes)}.`,
      );
    return;
  }
  if (closed.sizeInBytes > opened.sizeInBytes) {
    warnings.add('changed', `${path} grew while it was read; the backup holds its first ${read}.`);
  } else if (closed.sizeInBytes < opened.sizeInBytes) {
    warnings.add('changed', `${path} became shorter while it was read; the backup holds ${read} of it.`);
  } else {
    warnings.add('changed', `${path} was written to while it was read; the backup may mix both versions.`);
  }
}

function bytes(count: number): string {
  return `${count.toLocaleString('en-GB')} bytes`;
}
