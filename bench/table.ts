import type { Results, Row, SubjectResult } from './results.ts';

/** The results as tables that Markdown understands. */
export function table({ at, machine, versions, rounds, subjects }: Results): string {
  const heading = `${at.slice(0, 10)}, ${machine}; ${versions.join(', ')}; median of ${rounds} rounds.`;
  return [heading, '', ...subjects.flatMap(subjectTable)].join('\n');
}

function subjectTable({ what, contentInBytes, rows }: SubjectResult): string[] {
  return [
    `| ${what}, ${mebibytes(contentInBytes)} | seconds | of processors | times Holdfast | peak memory | size |`,
    '|---|--:|--:|--:|--:|--:|',
    ...rows.map(rowOf),
    '',
  ];
}

function rowOf({ name, seconds, processorInSeconds, timesHoldfast, peakInBytes, sizeInBytes }: Row): string {
  const cells = [
    name.replaceAll('|', '\\|'), // A bar inside a cell would end it.
    seconds.toFixed(2),
    processorInSeconds.toFixed(2),
    timesHoldfast.toFixed(2),
    mebibytes(peakInBytes),
    sizeInBytes === 0 ? '' : mebibytes(sizeInBytes),
  ];
  return `| ${cells.join(' | ')} |`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
