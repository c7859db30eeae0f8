import type { DateTime } from 'luxon';
import type { Line, Message } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { ReportOf, Unfinished } from '../../domain/report.ts';
import { humanAge, humanBytes } from '../../domain/units.ts';

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

function unfinishedLine({ runId, app, state, askedBy, askedAt, progress }: Unfinished, now: DateTime): Line {
  const read = progress === undefined ? '' : `, ${humanBytes(progress.contentInBytes)} read`;
  const asker = askedBy.name ?? askedBy.id;
  return [
    { strong: app },
    ` is ${state}${read}: `,
    { code: runId },
    `, asked by ${asker} ${humanAge(fromInstant(askedAt), now)}`,
  ];
}

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
    : [`worker group ${group}: no live worker. Start one: holdfast worker --group ${group}`];
}
