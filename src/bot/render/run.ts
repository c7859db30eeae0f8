import type { DateTime } from 'luxon';
import type { Block, Line, Message } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { ReportOf, RunReport, Stored } from '../../domain/report.ts';
import { humanAge, humanBytes, humanCount, humanDuration, humanList } from '../../domain/units.ts';

const kindWords = { full: '', db: ' (databases only)', files: ' (files only)' } as const;

/** How a run ended: the matrix of destinations, what went in, what people should know. */
export function renderRun(run: RunReport): Message {
  const seconds = fromInstant(run.finishedAt).diff(fromInstant(run.startedAt)).as('seconds');
  const subject: Line = ['Backup of ', { strong: run.app }, kindWords[run.backup]];

  switch (run.outcome) {
    case 'stored':
      return {
        tone: run.warnings.length > 0 ? 'warning' : 'good',
        title: [...subject, ` is stored (${humanDuration(seconds)})`],
        blocks: details(run),
      };
    case 'partly':
      return {
        tone: 'warning',
        title: [...subject, ` is stored only partly: ${failedNames(run)} failed`],
        blocks: details(run),
      };
    case 'failed':
      return { tone: 'bad', title: [...subject, ' failed: nothing was stored'], blocks: details(run) };
  }
}

function failedNames(run: RunReport): string {
  return humanList(
    run.destinations.filter(({ outcome }) => outcome === 'failed').map(({ destination }) => destination),
  );
}

function details(run: RunReport): Block[] {
  const lines: Line[] = [
    ...(run.reason === undefined ? [] : [[run.reason]]),
    ...(run.archive === undefined ? [] : [contentLine(run, run.archive)]),
    ...run.dumps.map(
      (dump): Line => [
        'dump ',
        { code: dump.entry },
        ` ${humanBytes(dump.sizeInBytes)}, ${humanCount(dump.tables.length, 'table')}, by ${dump.program}`,
      ],
    ),
    ...run.destinations.map((stored) => destinationLine(stored)),
    ...run.warnings.map((warning): Line => ['note: ', warning]),
    [
      { code: run.runId },
      `, asked by ${run.askedBy.name ?? run.askedBy.id}, ended `,
      { time: run.finishedAt },
    ],
  ];
  return [{ kind: 'lines', lines }];
}

function contentLine(run: RunReport, archive: NonNullable<RunReport['archive']>): Line {
  const files = archive.entries - run.dumps.length;
  const dumps = run.dumps.length > 0 ? `${humanCount(run.dumps.length, 'dump')} and ` : '';
  return [
    `${dumps}${humanCount(files, 'file or folder', 'files and folders')}, `,
    `${humanBytes(archive.contentInBytes)} in ${humanBytes(archive.sizeInBytes)}`,
  ];
}

function destinationLine(stored: Stored): Line {
  if (stored.outcome === 'failed') return ['✖ ', { strong: stored.destination }, `: ${stored.reason}`];
  return [
    '✔ ',
    { strong: stored.destination },
    ` in ${humanDuration(stored.seconds)}: `,
    { code: stored.path },
  ];
}

/** The card's first form. */
export function renderQueued(queued: ReportOf<'queued'>): Message {
  const place = queued.ahead === 0 ? 'It begins at once.' : `${humanCount(queued.ahead, 'run')} before it.`;
  const nobody = `No worker of group "${queued.group}" is alive, so it waits until one starts: holdfast worker --group ${queued.group}`;
  return {
    tone: queued.workerAlive ? 'working' : 'warning',
    title: ['Backup of ', { strong: queued.app }, ' is queued'],
    blocks: [
      {
        kind: 'lines',
        lines: [
          [queued.workerAlive ? place : nobody],
          [
            { code: queued.runId },
            `, asked by ${queued.askedBy.name ?? queued.askedBy.id} `,
            { time: queued.askedAt },
          ],
        ],
      },
    ],
  };
}

export function renderAlreadyRunning({ run }: ReportOf<'already-running'>, now: DateTime): Message {
  const doing = run.state === 'waiting' ? 'is already queued' : 'is already running';
  const done = run.progress === undefined ? '' : `, ${humanBytes(run.progress.contentInBytes)} read so far`;
  return {
    tone: 'plain',
    title: ['A backup of ', { strong: run.app }, ` ${doing}`],
    blocks: [
      {
        kind: 'lines',
        lines: [
          [
            { code: run.runId },
            `, asked by ${run.askedBy.name ?? run.askedBy.id} ${humanAge(fromInstant(run.askedAt), now)}${done}`,
          ],
        ],
      },
    ],
  };
}
