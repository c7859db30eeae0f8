import type { Inline, Line, Message } from '../../chat/message.ts';
import type { ReportOf } from '../../domain/report.ts';
import { humanList } from '../../domain/units.ts';

/** Says who could do it instead, and what the operator needs to allow it. */
export function renderRefused({ who, where, verb, app, grantors, unknown }: ReportOf<'refused'>): Message {
  const others: Line[] = grantors.length === 0 ? [] : [[`These may, here: ${humanList(grantors)}.`]];
  const operator: Line = [
    'The operator can allow it under "access" in holdfast.yml: you are ',
    { code: who.id },
    ', here is ',
    { code: where },
    '.',
  ];
  const asked = { code: app === undefined ? verb : `${verb} ${app}` };
  if (unknown !== undefined) return renderUnknown(asked, unknown);
  return {
    tone: 'bad',
    title: ['You may not ask for ', asked, ' here'],
    blocks: [{ kind: 'lines', lines: [...others, operator] }],
  };
}

/** A rule names a group, and nobody said who is in it: then it allows nothing, and denies. */
function renderUnknown(asked: Inline, groups: readonly string[]): Message {
  const platforms = new Set(groups.map((group) => platformNames[group.replace(/:.*/s, '')] ?? group));
  return {
    tone: 'bad',
    title: ['Nobody can say just now whether you may ask for ', asked, ' here'],
    blocks: [
      {
        kind: 'lines',
        lines: [
          [
            `${humanList([...platforms])} did not say who is in ${humanList(groups)}, which "access" in holdfast.yml names. Ask again in a moment.`,
          ],
        ],
      },
    ],
  };
}

const platformNames: Readonly<Record<string, string>> = { slack: 'Slack', telegram: 'Telegram' };

export function renderNotUnderstood({
  problem,
  words,
  column,
  didYouMean,
}: ReportOf<'not-understood'>): Message {
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

export function renderChooseApp({ verb, apps, commands }: ReportOf<'choose-app'>): Message {
  const title: Line =
    commands.length === 0 ? ['There is no app to ask for with ', { code: verb }] : ['Which app?'];
  return {
    tone: 'plain',
    title,
    blocks: [],
    actions: commands.map((words, i) => ({ label: apps[i] ?? words, words })),
    ...(commands.length > 0 && { pick: 'Which app?' }),
  };
}

export function renderNoWorker({ group, apps }: ReportOf<'no-worker'>): Message {
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

export function renderChatTrouble({ platform, place, problem }: ReportOf<'chat-trouble'>): Message {
  return {
    tone: 'bad',
    title: [place === undefined ? `The bot cannot work on ${platform}` : `The bot cannot write to ${place}`],
    blocks: [{ kind: 'lines', lines: [[problem]] }],
  };
}

export function renderTrouble({ doing, reason }: ReportOf<'trouble'>): Message {
  return {
    tone: 'bad',
    title: [`${doing} could not be done`],
    blocks: [{ kind: 'lines', lines: [[reason]] }],
  };
}
