import type { Result, Results } from './results.ts';

/** The results as a table that Markdown understands. */
export function table({ at, machine, versions, rounds, workerPeakInBytes, results }: Results): string {
  const programs = Object.entries(versions).map(([program, version]) => `${program} ${version}`);
  return [
    `${at.slice(0, 10)}, ${machine}; ${programs.join(', ')}; median of ${rounds} rounds.`,
    '',
    '| | Holdfast: the run | all of `holdfast say` | beside it | ratio of the run | sizes: read → Holdfast / other |',
    '|---|--:|--:|--:|--:|--:|',
    ...results.map(row),
    '',
    `The worker never held more than ${mebibytes(workerPeakInBytes)} of memory.`,
    '',
  ].join('\n');
}

function row({ what, otherName, medianInSeconds, ratio, contentInBytes, archiveInBytes }: Result): string {
  const { run, process, other } = medianInSeconds;
  const { holdfast, other: others } = archiveInBytes;
  const sizes = `${mebibytes(contentInBytes)} → ${mebibytes(holdfast)} / ${mebibytes(others)}`;
  const cells = [
    seconds(run),
    seconds(process),
    `\`${otherName}\` ${seconds(other)}`,
    ratio.toFixed(2),
    sizes,
  ];
  // A bar inside a cell would end it.
  return `| ${[what, ...cells].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
