import { z } from 'zod';
import { PersonId } from '../../domain/who.ts';
import type { Notes } from '../tools.ts';
import { isTyped } from '../typed-name.ts';

const Awaited = z.object({
  by: PersonId,
  typed: z.string(),
  words: z.string(),
  /** The message whose button was pressed. */
  pressedOn: z.string(),
  /** Unix time, in seconds. */
  since: z.number(),
});
export type Awaited = z.infer<typeof Awaited>;

/** How long a person has to type the name. */
export const timeToTypeInSeconds = 60;

/** After that somebody who answers is told that it is too late. */
const rememberedInSeconds = 3600;

export type TypedReply =
  /** It answers nothing that was asked. */
  | { readonly is: 'other' }
  | { readonly is: 'confirmed'; readonly words: string; readonly pressedOn: string }
  | { readonly is: 'wrong'; readonly reason: string };

/** Asks that count only once a name was typed as a reply, by the person who pressed the button. */
export interface Typing {
  await(chat: number, prompt: number, awaited: Awaited): Promise<void>;
  /** `at` is when it was typed, in Unix seconds. */
  reply(chat: number, prompt: number, reply: { by: string; text: string; at: number }): Promise<TypedReply>;
}

export function typing(notes: Notes): Typing {
  const keyOf = (chat: number, prompt: number) => `telegram.typed.${chat}.${prompt}`;

  return {
    await: (chat, prompt, awaited) => notes.remember(keyOf(chat, prompt), awaited, rememberedInSeconds),
    async reply(chat, prompt, { by, text, at }) {
      const key = keyOf(chat, prompt);
      const awaited = Awaited.safeParse(await notes.recall(key));
      if (!awaited.success) return { is: 'other' };
      const { typed, words, pressedOn, since } = awaited.data;
      if (awaited.data.by !== by)
        return { is: 'wrong', reason: 'Only whoever pressed the button can confirm it.' };
      await notes.forget(key); // One try for each press.
      if (at - since > timeToTypeInSeconds) return { is: 'wrong', reason: tooLate };
      if (!isTyped(text, typed))
        return { is: 'wrong', reason: `That was not ${typed}. Press the button again.` };
      return { is: 'confirmed', words, pressedOn };
    },
  };
}

const tooLate = `It was typed more than ${timeToTypeInSeconds} s after the button was pressed. Press it again.`;
