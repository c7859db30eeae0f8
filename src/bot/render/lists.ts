import type { DateTime } from 'luxon';
import type { Block, Inline, Line, Message } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { Holding, ReportOf } from '../../domain/report.ts';
import { strayWords } from '../../domain/stray.ts';
import { humanAge, humanBytes, humanCount } from '../../domain/units.ts';
import { lastWords, verificationIn, verificationLine } from './verification.ts';

const kindNames = { full: 'full', db: 'databases', files: 'files' } as const;

/** `list`: what there is of every app, at every destination. */
export function renderOverview(
  { group, holdings, strays = [] }: ReportOf<'overview'>,
  now: DateTime,
): Message {
  const troubled = holdings.filter((holding) => !holding.reachable);
  return {
    tone: troubled.every(({ writeOnly }) => writeOnly) ? 'plain' : 'warning',
    title: ['Backups', ...(group === 'default' ? [] : [' seen from ', { strong: group }])],
    blocks: [
      {
        kind: 'table',
        head: ['app', 'destination', 'backups', 'newest', 'taken', 'size', 'in all'],
        rows: holdings.map((holding) => overviewRow(holding, now)),
      },
      {
        kind: 'lines',
        lines: [
          ...troubled.map(({ app, destination, problem }) => [`${app} at ${destination}: ${problem}`]),
          ...verificationLine(verificationIn(holdings), now),
          ...strays.map((stray) => [`note: ${strayWords(stray)}`]),
        ],
      },
    ],
  };
}

function overviewRow(holding: Holding, now: DateTime): Inline[] {
  const { app, destination } = holding;
  if (!holding.reachable)
    return [app, destination, holding.writeOnly ? 'write-only' : 'not reached', '', '', '', ''];

  const { count, newest, totalInBytes } = holding;
  if (newest === undefined) return [app, destination, '0', 'none yet', '', '', humanBytes(0)];
  const taken = fromInstant(newest.takenAt);
  return [
    app,
    destination,
    String(count),
    humanAge(taken, now),
    { time: newest.takenAt },
    humanBytes(newest.sizeInBytes),
    humanBytes(totalInBytes),
  ];
}

/** A channel is no place for thousands of lines; the newest are what people look for. */
const shownPerDestination = 20;

/** `list shop`: the single backups. */
export function renderBackups({ app, destinations }: ReportOf<'backups'>, now: DateTime): Message {
  return {
    tone: destinations.every(isAsItShouldBe) ? 'plain' : 'warning',
    title: ['Backups of ', { strong: app }],
    blocks: destinations.flatMap((destination) => destinationBlocks(destination, app, now)),
  };
}

function isAsItShouldBe(one: ReportOf<'backups'>['destinations'][number]): boolean {
  if (!one.reachable) return one.writeOnly === true;
  return one.backups.every(({ last, doubt }) => last?.found !== 'differs' && doubt === undefined);
}

function destinationBlocks(
  destination: ReportOf<'backups'>['destinations'][number],
  app: string,
  now: DateTime,
): Block[] {
  const name = destination.destination;
  if (!destination.reachable)
    return [{ kind: 'lines', lines: [[{ strong: name }, `: ${destination.problem}`]] }];

  const { backups } = destination;
  if (backups.length === 0)
    return [{ kind: 'lines', lines: [[{ strong: name }, `: none yet. Make one: run ${app}`]] }];

  const shown = backups.slice(0, shownPerDestination);
  const hidden = backups.length - shown.length;
  const wereRead = shown.some(({ last }) => last !== undefined);
  return [
    { kind: 'lines', lines: [[{ strong: name }, `: ${humanCount(backups.length, 'backup')}`]] },
    {
      kind: 'table',
      head: ['taken', 'age', 'size', 'kind', ...(wereRead ? ['verified'] : []), 'name'],
      rows: shown.map(({ key, takenAt, sizeInBytes, backup, last }) => [
        { time: takenAt },
        humanAge(fromInstant(takenAt), now),
        humanBytes(sizeInBytes),
        kindNames[backup],
        ...(wereRead ? [lastWords(last, now)] : []),
        { code: key },
      ]),
    },
    ...(hidden > 0
      ? [{ kind: 'lines', lines: [[`and ${humanCount(hidden, 'older one')}`]] } satisfies Block]
      : []),
    { kind: 'lines', lines: doubtLines(backups) },
  ];
}

type Listed = Extract<ReportOf<'backups'>['destinations'][number], { reachable: true }>['backups'][number];

/** They look like backups in the table above. */
function doubtLines(backups: readonly Listed[]): Line[] {
  const doubted = backups.filter(({ doubt }) => doubt !== undefined);
  const lines = doubted
    .slice(0, shownPerDestination)
    .map(({ key, doubt }): Line => ['note: ', { code: key }, ` ${doubt}. No clean counts or removes it.`]);
  const hidden = doubted.length - lines.length;
  return hidden > 0 ? [...lines, [`note: so it is with ${humanCount(hidden, 'other')}.`]] : lines;
}
