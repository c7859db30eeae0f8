import type { Inline, Line, Message } from '../../chat/message.ts';
import type { Chore, Pause } from '../../domain/firing.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { ReportOf } from '../../domain/report.ts';
import { humanCount } from '../../domain/units.ts';

type Scheduled = ReportOf<'schedule'>['apps'][number];

/** What comes next for every app: on its own clock, and on the reader's. */
export function renderSchedule({ apps }: ReportOf<'schedule'>): Message {
  const lines = apps.flatMap(linesOf);
  return {
    tone: 'plain',
    title: ['Schedule'],
    blocks: [{ kind: 'lines', lines: lines.length > 0 ? lines : [['Nothing is scheduled.']] }],
  };
}

function linesOf({ app, paused, chores }: Scheduled): Line[] {
  const held: Inline[] = paused === undefined ? [] : [' is paused ', ...untilWhen(paused)];
  const none = chores.length === 0 ? ': nothing is scheduled' : '';
  return [[{ strong: app }, ...held, none], ...chores.map(choreLine)];
}

function choreLine({ chore, cron, zone, next }: Scheduled['chores'][number]): Line {
  const times = next.flatMap((at, i): Inline[] => {
    const there = fromInstant(at).setZone(zone).toFormat('ccc dd LLL HH:mm');
    return [i === 0 ? ' ' : ', ', `${there} (`, { time: at }, ')'];
  });
  return [`  ${chore} `, { code: cron }, ` ${zone}:`, ...times];
}

function untilWhen({ until, by }: Pause): Inline[] {
  const who = ` by ${by.name ?? by.id}`;
  return until === undefined ? [`until it is resumed,${who}`] : ['until ', { time: until }, `,${who}`];
}

export function renderPaused({ app, pause }: ReportOf<'paused'>): Message {
  return {
    tone: 'plain',
    title: ['The schedule of ', { strong: app }, ' is paused ', ...untilWhen(pause)],
    blocks: [
      {
        kind: 'lines',
        lines: [['Nothing is run, cleaned or looked at by schedule meanwhile, nor made up for afterwards.']],
      },
    ],
    actions: [{ label: 'Resume', words: `schedule resume ${app}` }],
  };
}

export function renderResumed({ app, wasPaused }: ReportOf<'resumed'>): Message {
  const now = wasPaused ? ' goes on' : ' was not paused';
  return { tone: 'plain', title: ['The schedule of ', { strong: app }, now], blocks: [] };
}

export function renderMuted({ mute }: ReportOf<'muted'>): Message {
  const why = mute.reason === undefined ? [] : [[`Reason: ${mute.reason}`]];
  return {
    tone: 'plain',
    title: ['Alerts about ', { strong: mute.app }, ' are muted until ', { time: mute.until }],
    blocks: [{ kind: 'lines', lines: [...why, ['What is still wrong then is told then.']] }],
    actions: [{ label: 'Unmute', words: `unmute ${mute.app}` }],
  };
}

export function renderUnmuted({ app, wasMuted }: ReportOf<'unmuted'>): Message {
  const now = wasMuted ? ' are told again' : ' were not muted';
  return { tone: 'plain', title: ['Alerts about ', { strong: app }, now], blocks: [] };
}

const nouns: Record<Chore, string> = { run: 'run', clean: 'clean', monitor: 'look' };
const mostNamed = 5;

/** Nobody was there to see to them: the processes or the machine were down. */
export function renderMissed({ app, chore, due }: ReportOf<'missed'>): Message {
  const noun = nouns[chore];
  const named = due.slice(-mostNamed).map((at): Line => ['due ', { time: at }]);
  const others = due.length - named.length;
  return {
    tone: 'warning',
    title: [`${humanCount(due.length, `scheduled ${noun}`)} of `, { strong: app }, ' did not happen'],
    blocks: [
      {
        kind: 'lines',
        lines: [
          ...(others > 0 ? [[`${humanCount(others, 'earlier one')}, and`]] : []),
          ...named,
          [`Nobody was there to do it. One late ${noun} begins now.`],
        ],
      },
    ],
  };
}
