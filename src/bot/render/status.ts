import type { DateTime } from 'luxon';
import type { Line, Message } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { ReportOf, Unfinished } from '../../domain/report.ts';
import { humanAge, humanBytes } from '../../domain/units.ts';
import { removedSoFar } from './clean-progress.ts';
import { readSoFar } from './verify-progress.ts';

type Status = ReportOf<'status'>;

const outcomeWords = {
  stored: '✔ stored',
  partly: '! partly stored',
  failed: '✖ failed',
  cancelled: '· cancelled',
} as const;

/** What runs and waits, how each app's last run ended, and who is there to work. */
export function renderStatus({ unfinished, apps, groups }: Status, now: DateTime): Message {
  const healthy = groups.every(({ alive }) => alive) && apps.every(({ last }) => last?.outcome !== 'failed');
  return {
    tone: healthy ? 'plain' : 'warning',
    title: [unfinished.length === 0 ? 'Nothing is running' : `${unfinished.length} running or waiting`],
    blocks: [
      { kind: 'lines', lines: unfinished.map((run) => unfinishedLine(run, now)) },
      { kind: 'lines', lines: apps.map((app) => lastLine(app, now)) },
      { kind: 'lines', lines: groups.map(groupLine) },
    ],
  };
}

function unfinishedLine(work: Unfinished, now: DateTime): Line {
  const { runId, app, askedBy, askedAt } = work;
  const asker = askedBy.name ?? askedBy.id;
  return [
    { strong: app },
    ` ${workWords[work.doing](work)}: `,
    { code: runId },
    `, asked by ${asker} ${humanAge(fromInstant(askedAt), now)}`,
  ];
}

function runWords({ state, progress }: Unfinished): string {
  return `is ${state}${progress === undefined ? '' : `, ${humanBytes(progress.contentInBytes)} read`}`;
}

function cleanWords({ state, cleaned }: Unfinished): string {
  if (state === 'waiting') return 'waits to be cleaned';
  return `is being cleaned${cleaned === undefined ? '' : `, ${removedSoFar(cleaned)}`}`;
}

function verifyWords({ state, verified }: Unfinished): string {
  if (state === 'waiting') return 'waits to be verified';
  return `is being verified${verified === undefined ? '' : `, ${readSoFar(verified)}`}`;
}

const workWords = { run: runWords, clean: cleanWords, verify: verifyWords } as const;

function lastLine({ app, last }: Status['apps'][number], now: DateTime): Line {
  if (last === undefined) return [{ strong: app }, ': no run yet'];
  const reason = last.reason === undefined ? '' : `: ${last.reason}`;
  return [
    { strong: app },
    `: ${outcomeWords[last.outcome]} ${humanAge(fromInstant(last.finishedAt), now)}, `,
    { time: last.finishedAt },
    reason,
  ];
}

function groupLine({ group, alive }: Status['groups'][number]): Line {
  return alive
    ? [`worker group ${group}: alive`]
    : [`worker group ${group}: no live worker. Start one: `, { code: `holdfast worker --group ${group}` }];
}
