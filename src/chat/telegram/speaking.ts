import type { ChatTools } from '../tools.ts';
import type { BotApi } from './api.ts';
import { type ChatCalls, chatCalls } from './calls.ts';
import { flood } from './flood.ts';
import { type Groups, groups } from './groups.ts';
import { type Keyboards, keyboards } from './keyboard.ts';
import { lenientNotes } from './lenient-notes.ts';
import { pictures } from './pictures.ts';
import { type Poster, poster } from './poster.ts';
import { type Texts, texts } from './texts.ts';
import { type Pace, turns } from './turns.ts';

/** Everything that puts something into chats. */
export interface Speaking {
  readonly calls: ChatCalls;
  readonly groups: Groups;
  readonly keyboards: Keyboards;
  readonly poster: Poster;
  readonly texts: Texts;
  /** Rejects what still waits for its turn. */
  close(): void;
}

export function speaking(api: BotApi, tools: ChatTools, pace: Pace): Speaking {
  const lenient = { ...tools, notes: lenientNotes(tools) };
  const inTurn = turns(pace);
  const known = { groups: groups(lenient) };
  const calls = chatCalls({ ...known, turns: inTurn, flood: flood(lenient, inTurn), log: tools.log });
  const parts = { ...known, calls, texts: texts(api, calls), keyboards: keyboards(lenient.notes) };
  const { timezone } = tools;
  return {
    ...parts,
    poster: poster({ ...parts, pictures: pictures(api, calls, tools.log), timezone }),
    close: () => inTurn.close(),
  };
}
