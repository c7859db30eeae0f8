import type { Block, Inline, Line, Message } from '../../chat/message.ts';
import type { Pause } from '../../domain/firing.ts';
import { fromInstant, type Instant } from '../../domain/instant.ts';
import type { ReportOf } from '../../domain/report.ts';
import { humanList } from '../../domain/units.ts';

type Schedule = ReportOf<'schedule'>;
type Scheduled = Schedule['apps'][number];

/** A row for what each app has by schedule: its next firings, on the clock of the configuration and on the app's own. */
export function renderSchedule({ apps, timezone }: Schedule): Message {
  const rows = apps.flatMap((app) => rowsOf(app, timezone));
  return {
    tone: 'plain',
    title: [rows.length > 0 ? 'Schedule' : 'Nothing is scheduled'],
    blocks: [
      { kind: 'lines', lines: apps.flatMap(pausedLine) },
      ...tableOf(rows),
      { kind: 'lines', lines: rows.length > 0 ? clockLines(apps, timezone) : [] },
    ],
  };
}

function pausedLine({ app, paused }: Scheduled): Line[] {
  return paused === undefined ? [] : [[{ strong: app }, ' is paused ', ...untilWhen(paused)]];
}

function untilWhen({ until, by }: Pause): Inline[] {
  const who = `, by ${by.name ?? by.id}`;
  return until === undefined ? [`until it is resumed${who}`] : ['until ', { time: until }, who];
}

function rowsOf({ app, chores }: Scheduled, timezone: string): Inline[][] {
  return chores.map(({ chore, zone, next }) => {
    const [first = 'paused', second = '', third = ''] = next.map((at) => onBothClocks(at, timezone, zone));
    return [app, chore, first, second, third];
  });
}

/** `Mon 23 Nov 08:00 (02:00)`; the own clock of the app is left out where it shows the same. */
function onBothClocks(at: Instant, timezone: string, own: string): string {
  const [here, there] = [timezone, own].map((zone) => fromInstant(at).setZone(zone));
  if (here === undefined || there === undefined) return '';
  const said = here.toFormat(withDay);
  if (there.toFormat(withDay) === said) return said;
  return `${said} (${there.toFormat(there.hasSame(here, 'day') ? 'HH:mm' : withDay)})`;
}

const withDay = 'ccc dd LLL HH:mm';

function tableOf(rows: readonly Inline[][]): Block[] {
  return rows.length > 0 ? [{ kind: 'table', head: ['app', 'what', 'next', 'second', 'third'], rows }] : [];
}

function clockLines(apps: readonly Scheduled[], timezone: string): Line[] {
  const others = apps.flatMap(({ app, chores: [chore] }) =>
    chore === undefined || chore.zone === timezone ? [] : `${app} (${chore.zone})`,
  );
  const own = others.length > 0 ? `; in brackets on the own clock of ${humanList(others)}` : '';
  return [[`Times are of ${timezone}${own}.`]];
}

export function renderPaused({ app, pause }: ReportOf<'paused'>): Message {
  return {
    tone: 'plain',
    title: ['The schedule of ', { strong: app }, ' is paused ', ...untilWhen(pause)],
    blocks: [
      {
        kind: 'lines',
        lines: [
          [
            'It is not backed up, cleaned, looked at or verified by itself meanwhile, and that is not made up for.',
          ],
          ['What people ask for is done all the same.'],
        ],
      },
    ],
    actions: [{ label: 'Resume', words: `schedule resume ${app}` }],
  };
}

export function renderResumed({ app, wasPaused }: ReportOf<'resumed'>): Message {
  const now = wasPaused ? ' goes on' : ' was not paused';
  return { tone: 'plain', title: ['The schedule of ', { strong: app }, now], blocks: [] };
}
