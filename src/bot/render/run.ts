import type { Block, Line, Message } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { RunReport, Stored } from '../../domain/report.ts';
import { humanBytes, humanCount, humanDuration, humanList } from '../../domain/units.ts';
import { actionsAfter } from './run-actions.ts';
import { nameOf, retryWords } from './run-words.ts';

const kindWords = { full: '', db: ' (databases only)', files: ' (files only)' } as const;

/** How a run ended: the matrix of destinations, what went in, what people should know. */
export function renderRun(run: RunReport): Message {
  const seconds = fromInstant(run.finishedAt).diff(fromInstant(run.startedAt)).as('seconds');
  const subject: Line = ['Backup of ', { strong: run.app }, kindWords[run.backup]];

  switch (run.outcome) {
    case 'stored':
      return {
        tone: run.warnings.length > 0 || notesOf(run).length > 0 ? 'warning' : 'good',
        title: [...subject, ` is stored${again(run)} (${humanDuration(seconds)})${unproven(run)}`],
        blocks: details(run),
      };
    case 'partly':
      return {
        tone: 'warning',
        title: [...subject, ` is stored only partly: ${failedNames(run)} failed`],
        blocks: details(run),
        actions: actionsAfter(run.runId),
      };
    case 'failed':
      return {
        tone: 'bad',
        title: [...subject, ' failed: nothing was stored'],
        blocks: details(run),
        actions: actionsAfter(run.runId),
      };
    case 'cancelled':
      return {
        tone: run.warnings.length > 0 ? 'warning' : 'plain',
        title: [...subject, ` was cancelled by ${nameOf(run.cancelledBy)}: nothing was stored`],
        blocks: details(run),
        actions: actionsAfter(run.runId),
      };
  }
}

function again({ worksAgain }: RunReport): string {
  return worksAgain === undefined ? '' : ` again, after ${humanCount(worksAgain.failures, 'failure')}`;
}

function failedNames(run: RunReport): string {
  return humanList(
    run.destinations.filter(({ outcome }) => outcome === 'failed').map(({ destination }) => destination),
  );
}

/** What nobody could compare must not look proven. With write-only credentials that is what was wanted. */
function unproven({ destinations }: RunReport): string {
  const names = destinations.filter(
    (row) => row.outcome === 'stored' && !row.compared && row.note !== undefined,
  );
  if (names.length === 0) return '';
  return `, but could not be compared at ${humanList(names.map(({ destination }) => destination))}`;
}

function notesOf({ app, destinations }: RunReport): Line[] {
  return destinations.flatMap((row): Line[] => {
    if (row.outcome === 'failed' || row.note === undefined) return [];
    const advice = row.compared ? '' : ` Once that is fixed: /backup verify ${app}`;
    return [['note: ', row.note, advice]];
  });
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
    ...notesOf(run),
    ...run.warnings.map((warning): Line => ['note: ', warning]),
    [
      { code: run.runId },
      `, asked by ${nameOf(run.askedBy)}, ended `,
      { time: run.finishedAt },
      ...retryWords(run),
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
  const from = stored.copiedFrom === undefined ? '' : `, copied from ${stored.copiedFrom}`;
  const why = stored.note === undefined ? ' because the credentials are write-only' : '';
  const unread = stored.compared ? '' : `, not compared${why}`;
  return [
    stored.compared || stored.note === undefined ? '✔ ' : '· ',
    { strong: stored.destination },
    ` ${howFast(stored)}${from}${unread}: `,
    { code: stored.path },
  ];
}

function howFast({ sizeInBytes, seconds, kept }: Extract<Stored, { outcome: 'stored' }>): string {
  const size = humanBytes(sizeInBytes);
  if (kept) return `${size}, from an earlier start of this run`;
  return `${size} in ${humanDuration(seconds)}, ${humanBytes(sizeInBytes / Math.max(seconds, 0.001))}/s`;
}
