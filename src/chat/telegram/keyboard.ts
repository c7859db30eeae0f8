import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Action, Message } from '../message.ts';
import type { Notes } from '../tools.ts';

/** Buttons under a message. https://core.telegram.org/bots/api#inlinekeyboardmarkup */
export interface Keyboard {
  readonly inline_keyboard: { readonly text: string; readonly callback_data: string }[][];
}

const Kept = z.object({
  actions: z.array(z.object({ label: z.string(), words: z.string(), typed: z.string().optional() })),
});

/** What a press means: words to ask with, another page to turn to, or nothing any more. */
export type Pressed =
  | { readonly is: 'action'; readonly action: Pick<Action, 'label' | 'words' | 'typed'> }
  | { readonly is: 'page'; readonly keyboard: Keyboard }
  | { readonly is: 'expired' };

/** How long buttons work after they were last shown. */
const lifetimeInSeconds = 7 * 24 * 3600;

const perPage = 8;
/** What stands beside each other can still be read on a phone. */
const longestRow = 28;

export interface Keyboards {
  /** The buttons of a message, whose words are kept from now on. Without actions, no buttons. */
  keyboardFor(chat: number, message: Pick<Message, 'actions' | 'pick'>): Promise<Keyboard | undefined>;
  /** What the data of a pressed button stands for. */
  pressed(chat: number, data: string): Promise<Pressed>;
}

/**
 * The data of a button has 64 bytes at most, so the words are kept in the notes and a button has only a token for them.
 * The same buttons in a chat have the same token: a message that is shown again is the same message.
 */
export function keyboards(notes: Notes): Keyboards {
  const keyOf = (chat: number, token: string) => `telegram.buttons.${chat}.${token}`;

  return {
    async keyboardFor(chat, { actions = [], pick }) {
      if (actions.length === 0) return undefined;
      const token = tokenFor(chat, actions);
      await notes.remember(keyOf(chat, token), { actions }, lifetimeInSeconds);
      return pick === undefined ? buttonRows(token, actions) : page(token, actions, 0);
    },
    async pressed(chat, data) {
      const [, token = '', kind, number] = /^([\w-]+)\.([ap])(\d+)$/.exec(data) ?? [];
      const kept = Kept.safeParse(await notes.recall(keyOf(chat, token)));
      if (!kept.success) return { is: 'expired' };
      const actions = kept.data.actions.map(({ typed, ...rest }) => ({ ...rest, ...(typed && { typed }) }));
      if (kind === 'p') return { is: 'page', keyboard: page(token, actions, Number(number)) };
      const action = actions[Number(number)];
      return action === undefined ? { is: 'expired' } : { is: 'action', action };
    },
  };
}

function tokenFor(chat: number, actions: readonly Action[]): string {
  return createHash('sha256')
    .update(JSON.stringify([chat, actions]))
    .digest('base64url')
    .slice(0, 16);
}

type Labelled = Pick<Action, 'label'>;

function buttonRows(token: string, actions: readonly Labelled[]): Keyboard {
  const buttons = actions.map(({ label }, i) => button(label, `${token}.a${i}`));
  const fitsOneRow = actions.map(({ label }) => label).join('').length <= longestRow;
  return { inline_keyboard: fitsOneRow ? [buttons] : buttons.map((each) => [each]) };
}

/** One of many is picked from pages: `‹  2/5  ›` beneath. */
function page(token: string, actions: readonly Labelled[], wanted: number): Keyboard {
  const pages = Math.ceil(actions.length / perPage);
  const at = Math.min(wanted, pages - 1);
  const shown = actions.slice(at * perPage, (at + 1) * perPage);
  const rows = shown.map(({ label }, i) => [button(label, `${token}.a${at * perPage + i}`)]);
  const turn = (text: string, to: number) => button(text, `${token}.p${(to + pages) % pages}`);
  const turns = [turn('‹', at - 1), turn(`${at + 1}/${pages}`, at), turn('›', at + 1)];
  return { inline_keyboard: pages > 1 ? [...rows, turns] : rows };
}

function button(text: string, callback_data: string) {
  return { text: text.trim() === '' ? '…' : text, callback_data };
}
