import type { Line, Message } from '../../chat/message.ts';
import type { Report } from '../../domain/report.ts';
import { humanList } from '../../domain/units.ts';

type Of<Kind extends Report['kind']> = Extract<Report, { kind: Kind }>;

/** Says who could allow it; the id is what the operator has to write down. */
export function renderRefused({ who, where, verb, app }: Of<'refused'>): Message {
  return {
    tone: 'bad',
    title: ['You may not ask for ', { code: app === undefined ? verb : `${verb} ${app}` }, ' here'],
    blocks: [
      {
        kind: 'lines',
        lines: [
          [
            'You are ',
            { code: who.id },
            ', here is ',
            { code: where },
            '. Who may do what is under "access" in holdfast.yml; its operator can allow it.',
          ],
        ],
      },
    ],
  };
}

export function renderNotUnderstood({ problem, words, column, didYouMean }: Of<'not-understood'>): Message {
  const pointer: Line[] =
    column === undefined ? [] : [[{ code: words }], [{ code: `${' '.repeat(column)}^` }]];
  const hint: Line[] =
    didYouMean.length === 0
      ? [['Ask for ', { code: 'help' }, ' to see what there is.']]
      : [['Did you mean ', ...alternatives(didYouMean), '?']];
  return { tone: 'bad', title: [problem], blocks: [{ kind: 'lines', lines: [...pointer, ...hint] }] };
}

function alternatives(commands: readonly string[]): Line {
  return commands.flatMap((command, i) => [...(i === 0 ? [] : [' or ']), { code: command }]);
}

export function renderChooseApp({ verb, apps }: Of<'choose-app'>): Message {
  return {
    tone: 'plain',
    title: [`Which app? Say `, { code: `${verb} ${apps[0] ?? '<app>'}` }, ' or another of them'],
    blocks: [{ kind: 'lines', lines: apps.map((app) => [{ code: `${verb} ${app}` }]) }],
  };
}

export function renderNoWorker({ group, apps }: Of<'no-worker'>): Message {
  return {
    tone: 'bad',
    title: [`No worker of group "${group}" is alive, so nobody can look at ${humanList(apps)}`],
    blocks: [
      {
        kind: 'lines',
        lines: [
          ['Start one on the machine that holds the data: ', { code: `holdfast worker --group ${group}` }],
        ],
      },
    ],
  };
}

export function renderTrouble({ doing, reason }: Of<'trouble'>): Message {
  return {
    tone: 'bad',
    title: [`${doing} could not be done`],
    blocks: [{ kind: 'lines', lines: [[reason]] }],
  };
}
