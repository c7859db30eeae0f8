import type { Line, Message, Tone } from '../../chat/message.ts';
import type { LinkChange } from '../../domain/link-change.ts';
import type { LinkObstacle, LinkReport } from '../../domain/link-report.ts';
import { humanList } from '../../domain/units.ts';
import type { Who } from '../../domain/who.ts';

/** What one is told while two accounts become one person. */
export function renderLink({ link }: LinkReport): Message {
  switch (link.step) {
    case 'code':
      return plain(
        'plain',
        ['Your code is ', { code: link.code }],
        [
          ['On the other platform, in private, say ', { code: `/backup link ${link.code}` }],
          ...link.addresses.map((address): Line => ['Or open ', { code: address }, ' and press Start.']),
          [`It works once, for ${link.validForMinutes} minutes. Confirm it there, and after that here.`],
        ],
      );
    case 'confirm':
      return {
        ...plain(
          'warning',
          ['Is ', nameOf(link.other), ' you?'],
          [
            [
              { code: link.other.id },
              ' asks to be one person with you. Answer No unless it is your own account.',
            ],
            ...changeLines(['It', ' gains', ' loses'], link.theirs),
            ...changeLines(['You', ' gain', ' lose'], link.yours),
            ['A rule that denies something to one of the two denies it to both.'],
          ],
        ),
        actions: [
          { label: 'Yes, it is me', words: `link ${link.request} --accept`, look: 'primary' },
          { label: 'No', words: `link ${link.request} --refuse`, look: 'danger' },
        ],
      };
    case 'waiting':
      return plain(
        'plain',
        ['Now confirm it as ', { code: link.first.id }],
        [['You are asked there whether this is you, and nothing is linked before.']],
      );
    case 'linked':
      return plain(
        'good',
        [{ code: link.ids[0] ?? '' }, ' and ', { code: link.ids[1] ?? '' }, ' are one person'],
        [['Rules that name one of them hold for both. To part them: ', { code: '/backup link --remove' }]],
      );
    case 'removed':
      return link.ids.length === 0
        ? plain('plain', ['You were not linked with any other account'], [])
        : plain('good', ['You are not linked with ', { code: link.ids.join(', ') }, ' any more'], []);
    case 'not-linked':
      return plain('bad', ['Nothing is linked'], [[reasons[link.because]]]);
  }
}

/** `You gain run and list for shop and blog.` */
function changeLines([who, gain, lose]: [string, string, string], changes: readonly LinkChange[]): Line[] {
  if (changes.length === 0) return [[who, `${gain} nothing.`]];
  return changes.map(({ what, verbs, apps, every, where }) => [
    `${who}${what === 'gains' ? gain : lose} `,
    { strong: humanList(verbs) },
    every && apps.length > 1 ? ' for every app' : ` for ${humanList(apps)}`,
    ...(where === undefined ? ['.'] : [' in ', { code: where }, '.']),
  ]);
}

const reasons: Record<LinkObstacle, string> = {
  'not-private': 'Ask for it in private, where nobody else reads the code. One that was said here is void.',
  'unknown-code':
    'There is no such code, or not any more: it holds for ten minutes and works once. Ask for a new one.',
  'too-many-tries': 'You said too many codes that do not exist. Wait ten minutes, and ask for a new code.',
  'not-known':
    'A chat platform did not say who is in a group that a rule names, so nobody knows what the link would change. Try again in a moment.',
  changed: 'What the link changes is not what you were shown any more. Ask for a new code.',
  'same-platform': 'The code was asked for on this platform. Say it on the other one.',
  'already-linked':
    'One of the two is linked with another account already. Part those first: /backup link --remove',
  'not-yours': 'Only the two accounts that are to be linked can confirm it.',
  refused: 'It was refused on the other platform, or here.',
  console: 'The console is the operator, whoever sits at it. Ask for a code in Slack or Telegram.',
};

function nameOf({ name, id }: Who): string {
  return name ?? id;
}

function plain(tone: Tone, title: Line, lines: Line[]): Message {
  return { tone, title, blocks: [{ kind: 'lines', lines }] };
}
