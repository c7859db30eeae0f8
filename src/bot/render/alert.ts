import type { DateTime } from 'luxon';
import type { Line, Message, Tone } from '../../chat/message.ts';
import type { AlertNews } from '../../domain/alert/news.ts';
import { subjectOf } from '../../domain/alert/subject.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { ReportOf } from '../../domain/report.ts';
import { humanCount, humanDuration, humanList } from '../../domain/units.ts';

/** More would not be read. */
const mostShown = 20;

type Told = AlertNews['started'][number];
type Remaining = NonNullable<AlertNews['remaining']>[number];

/** All there is to hear of at once, in one message: what is wrong, since when, what one can do; and what is right again. */
export function renderAlert({ news, at }: ReportOf<'alert'>): Message {
  const now = fromInstant(at);
  const { started, reminded, flapping, resolved } = news;
  const lines = [
    ...started.flatMap((told) => wrong('✖', told, '')),
    ...flapping.flatMap((told) => wrong('✖', told, ` It comes and goes: ${told.times} times of late.`)),
    ...reminded.flatMap((told) => wrong('✖', told, ` For ${lasted(told, now)} now.`)),
    ...resolved.map((told) => right(told)),
    ...notYetSaid(news).flatMap((told) => still(told)),
  ];
  const shown = lines.slice(0, 2 * mostShown);
  const rest = lines.length - shown.length;
  const more: Line[] = rest > 0 ? [['and more: ask for ', { code: 'monitor' }, '.']] : [];
  return {
    tone: toneOf(news),
    title: [titleOf(news)],
    blocks: [{ kind: 'lines', lines: [...shown, ...more] }],
  };
}

function toneOf({ started, reminded, flapping, remaining = [] }: AlertNews): Tone {
  if (started.length + flapping.length > 0) return 'bad';
  return reminded.length + remaining.length > 0 ? 'warning' : 'good';
}

function titleOf({ started, reminded, flapping, resolved, remaining = [] }: AlertNews): string {
  const wrong = [...started, ...flapping];
  if (wrong.length > 0) return `Something is wrong with the backups of ${appsIn(wrong)}`;
  if (reminded.length > 0) return `Something is still wrong with the backups of ${appsIn(reminded)}`;

  const unwell = new Set(remaining.map(({ app }) => app));
  const partly = resolved.filter(({ app }) => unwell.has(app));
  const wholly = resolved.filter(({ app }) => !unwell.has(app));
  if (partly.length === 0) return `The backups of ${appsIn(wholly)} are right again`;
  if (wholly.length === 0) return `Part of what was wrong with the backups of ${appsIn(partly)} is over`;
  return `The backups of ${appsIn(wholly)} are right again; those of ${appsIn(partly)} only in part`;
}

/** What remains wrong with an app of which something is over, unless the message says it anyway. */
function notYetSaid({ started, reminded, flapping, remaining = [] }: AlertNews): Remaining[] {
  const said = new Set([...started, ...reminded, ...flapping].map(subjectOf));
  return remaining.filter((told) => !said.has(subjectOf(told)));
}

function appsIn(told: readonly Told[]): string {
  const apps = [...new Set(told.map(({ app }) => app))];
  return apps.length > 3 ? humanCount(apps.length, 'app') : humanList(apps);
}

function wrong(mark: string, { app, problem, advice, since }: Told, more: string): Line[] {
  return [
    [`${mark} `, { strong: app }, `: ${problem}${more}`],
    ['  since ', { time: since }, `. ${advice}`],
  ];
}

function right({ app, problem, since, resolvedAt }: AlertNews['resolved'][number]): Line {
  const seconds = fromInstant(resolvedAt).diff(fromInstant(since)).as('seconds');
  return ['✔ ', { strong: app }, `: no longer so, after ${humanDuration(seconds)}: ${problem}`];
}

function still({ app, problem, advice, since, seenAt }: Remaining): Line[] {
  return [
    ['✖ ', { strong: app }, `: still so: ${problem}`],
    ['  since ', { time: since }, ', seen last ', { time: seenAt }, `. ${advice}`],
  ];
}

function lasted({ since }: Told, now: DateTime): string {
  return humanDuration(now.diff(fromInstant(since)).as('seconds'));
}
