import type { DateTime } from 'luxon';
import { humanAge } from '../../domain/units.ts';
import type { Message } from '../message.ts';

/** `/start`: what this is, and what the operator needs to let somebody use it. */
export function welcome(person: string, place: string): Message {
  return {
    tone: 'plain',
    title: ['Holdfast makes backups when it is asked to, and says how they went'],
    blocks: [
      {
        kind: 'lines',
        lines: [
          ['You are ', { code: person }, ', here is ', { code: place }, '.'],
          ['The operator lets you use it with these, under "access" in holdfast.yml.'],
          ['Then ask for ', { code: '/backup help' }, '.'],
        ],
      },
    ],
  };
}

/** Said in a group that the bot was let into. */
export function hello(place: string, botName: string): Message {
  return {
    tone: 'plain',
    title: ['Holdfast is here: ask it for backups, and it says here how they went'],
    blocks: [
      {
        kind: 'lines',
        lines: [
          ['Here is ', { code: place }, '. Who may ask for what here is for the operator to say.'],
          ['In a group Telegram shows it only what names it: ', { code: `/backup@${botName} help` }],
        ],
      },
    ],
  };
}

/** Nothing was done, and why. */
export function notDone(reason: string): Message {
  return { tone: 'warning', title: ['Nothing was done'], blocks: [{ kind: 'lines', lines: [[reason]] }] };
}

/** Words that waited in Telegram while nobody was there to hear them. */
export function tooOld(words: string, askedAt: DateTime, now: DateTime): Message {
  const reason = `This was asked ${humanAge(askedAt, now)}, while Holdfast was away. It may not be wanted any more.`;
  return { ...notDone(reason), actions: [{ label: 'Do it now', words }] };
}
