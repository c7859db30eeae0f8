import type { Line, Message, Tone } from '../../chat/message.ts';
import type { LinkObstacle, LinkReport } from '../../domain/link-report.ts';
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
          [`It works once, for ${link.validForMinutes} minutes. You are then asked here whether it was you.`],
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
              ' said your code. Whoever it is will have all of your rights, and you theirs.',
            ],
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
        [['You are asked there whether this is you. Then each of the two has the rights of both.']],
      );
    case 'linked':
      return plain(
        'good',
        [{ code: link.ids[0] ?? '' }, ' and ', { code: link.ids[1] ?? '' }, ' are one person'],
        [['What rules say of one of them holds for both. To part them: ', { code: '/backup link --remove' }]],
      );
    case 'removed':
      return link.ids.length === 0
        ? plain('plain', ['You were not linked with any other account'], [])
        : plain('good', ['You are not linked with ', { code: link.ids.join(', ') }, ' any more'], []);
    case 'not-linked':
      return plain('bad', ['Nothing is linked'], [[reasons[link.because]]]);
  }
}

const reasons: Record<LinkObstacle, string> = {
  'not-private': 'Ask for it in private, where nobody else reads the code. One that was said here is void.',
  'unknown-code':
    'There is no such code, or not any more: it holds for ten minutes and works once. Ask for a new one.',
  'same-platform': 'The code was asked for on this platform. Say it on the other one.',
  'already-linked':
    'One of the two is linked with another account already. Part those first: /backup link --remove',
  'not-yours': 'Only whoever asked for the code can confirm it.',
  refused: 'It was refused where the code was asked for.',
  console: 'The console is the operator, whoever sits at it. Ask for a code in Slack or Telegram.',
};

function nameOf({ name, id }: Who): string {
  return name ?? id;
}

function plain(tone: Tone, title: Line, lines: Line[]): Message {
  return { tone, title, blocks: [{ kind: 'lines', lines }] };
}
