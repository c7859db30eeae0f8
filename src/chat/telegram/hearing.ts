import type { Answer, Refuse, Say } from '../platform.ts';
import type { ChatTools } from '../tools.ts';
import { administrators } from './administrators.ts';
import type { BotApi } from './api.ts';
import { askerIn } from './asker.ts';
import { type Intake, intake } from './intake.ts';
import { keyboards } from './keyboard.ts';
import { lenientNotes } from './lenient-notes.ts';
import { memberships } from './memberships.ts';
import { messages } from './messages.ts';
import { presses } from './presses.ts';
import { onlyOnce } from './seen.ts';
import type { Speaking } from './speaking.ts';
import { typing } from './typed.ts';

/** Who the bot is. https://core.telegram.org/bots/api#getme */
export interface Me {
  readonly id: number;
  readonly username: string;
}

/** What the bot behind the platform does with words. */
export interface Mind {
  readonly answer: Answer;
  readonly refuse: Refuse;
  readonly say: Say;
}

/** Everything that becomes of what people say and press. */
export function hearing(api: BotApi, me: Me, mind: Mind, tools: ChatTools, speaking: Speaking): Intake {
  const asker = askerIn(speaking.groups, administrators(api, tools.clock));
  const shared = {
    ...{ ...speaking, ...tools, ...mind, api, askerIn: asker },
    botName: me.username,
    typing: typing(tools.notes),
    keyboards: keyboards(tools.notes), // A button whose words cannot be looked up has not expired.
  };
  return intake({
    takers: { ...messages(shared), ...presses(shared), ...memberships(shared) },
    isNew: onlyOnce(String(me.id), lenientNotes(tools)),
    log: tools.log,
  });
}
