import type { DateTime } from 'luxon';
import type { Block, Inline, Message } from '../../chat/message.ts';
import { fromInstant, type Instant } from '../../domain/instant.ts';
import type { Progress, ReportOf, RunReport, Step, Unfinished } from '../../domain/report.ts';
import { humanAge, humanBytes, humanDuration } from '../../domain/units.ts';
import { removedSoFar } from './clean-progress.ts';
import { renderRun } from './run.ts';
import { actionsDuring } from './run-actions.ts';
import { nameOf, retryWords } from './run-words.ts';
import { readSoFar as verifiedSoFar } from './verify-progress.ts';

/** `status r_4k2m9xw7`: where its time went, and what it was or is about. */
export function renderDetails({ run }: ReportOf<'details'>, now: DateTime): Message {
  return run.state === 'ended' ? endedDetails(run.report) : unfinishedDetails(run, now);
}

function endedDetails(report: RunReport): Message {
  const { actions = [], ...result } = renderRun(report);
  return {
    ...result,
    blocks: [...result.blocks, factsOf(report), ...stepTable(report.steps, report.finishedAt)],
    actions: actions.filter(({ label }) => label !== 'Details'),
  };
}

function factsOf({ words, askedAt, attempt, host }: RunReport): Block {
  return {
    kind: 'lines',
    lines: [
      ...(words === undefined ? [] : [['asked for: ', { code: words }]]),
      ...(askedAt === undefined ? [] : [['asked ', { time: askedAt }]]),
      ...(host === undefined ? [] : [[`done on ${host}${beginnings(attempt)}`]]),
    ],
  };
}

function beginnings(attempt = 1): string {
  return attempt > 1 ? `, begun ${attempt} times, because a worker died or stopped` : '';
}

function unfinishedDetails(run: Unfinished, now: DateTime): Message {
  const { runId, doing, app, state, askedBy, askedAt, words, progress, cleaned, verified } = run;
  return {
    tone: 'plain',
    title: [subjects[doing], { strong: app }, state === 'waiting' ? ' waits in the queue' : ' is running'],
    blocks: [
      {
        kind: 'lines',
        lines: [
          [
            { code: runId },
            `, asked by ${nameOf(askedBy)} ${humanAge(fromInstant(askedAt), now)}`,
            ...retryWords(run),
          ],
          ...(words === undefined ? [] : [['asked for: ', { code: words }]]),
          ...(progress === undefined ? [] : [[readSoFar(progress)]]),
          ...(cleaned === undefined ? [] : [[removedSoFar(cleaned)]]),
          ...(verified === undefined ? [] : [[verifiedSoFar(verified)]]),
        ],
      },
      ...stepTable(progress?.steps, progress?.at),
    ],
    actions: actionsDuring(runId).filter(({ label }) => label !== 'Details'),
  };
}

const subjects = { run: 'Backup of ', clean: 'Clean of ', verify: 'Verification of ' } as const;

function readSoFar({ contentInBytes, archiveInBytes }: Progress): string {
  return `${humanBytes(contentInBytes)} read and ${humanBytes(archiveInBytes)} sent so far`;
}

function stepTable(steps: readonly Step[] = [], until?: Instant): Block[] {
  if (steps.length === 0) return [];
  return [
    {
      kind: 'table',
      head: ['step', 'began', 'took', 'read'],
      rows: steps.map((step) => stepRow(step, until)),
    },
  ];
}

function stepRow({ step, subject, startedAt, seconds, contentInBytes }: Step, until = startedAt): Inline[] {
  const soFar = fromInstant(until).diff(fromInstant(startedAt)).as('seconds');
  return [
    stepWords[step] + (subject === undefined ? '' : ` ${subject}`),
    { time: startedAt },
    seconds === undefined ? `${humanDuration(soFar)} so far` : humanDuration(seconds),
    contentInBytes === 0 ? '' : humanBytes(contentInBytes),
  ];
}

const stepWords = {
  starting: 'starting',
  dumping: 'dumping',
  files: 'reading files',
  storing: 'storing the end',
} as const satisfies Record<Step['step'], string>;
