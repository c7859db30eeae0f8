import { setTimeout as wait } from 'node:timers/promises';
import { PlaceClosed } from '../platform.ts';
import type { ChatLog } from '../tools.ts';
import { TelegramFailure } from './failure.ts';
import type { Flood } from './flood.ts';
import type { Groups } from './groups.ts';
import type { Turns } from './turns.ts';

interface CallTools {
  readonly turns: Turns;
  readonly flood: Flood;
  readonly groups: Groups;
  readonly log: ChatLog;
}

/** Makes a call to the chat with this id of today. */
type Call<Sent> = (currentId: number) => Promise<Sent>;

/** What is put into chats, each call in its chat's turn. A chat goes by the id it is known under here. */
export interface ChatCalls {
  /**
   * Sends, and again when the group has moved or after a pause that Telegram asks for. `message` is what is edited.
   * @throws {PlaceClosed} when the chat or the topic takes nothing. @throws {PlatformError}
   */
  send<Sent>(chat: number, call: Call<Sent>, message?: string): Promise<Sent>;
  /** Sends a frame of progress when there is room; it is dropped for a newer one, and for anything that goes wrong. */
  frame(chat: number, call: Call<unknown>, message: string): void;
}

const attempts = 4;

export function chatCalls({ turns, flood, groups, log }: CallTools): ChatCalls {
  let sent = 0;

  async function prepared(chat: number): Promise<number> {
    const [currentId] = await Promise.all([groups.currentId(chat), flood.respect(chat)]);
    return currentId;
  }

  /** Sees to it that another try may go better. @throws when none will. */
  async function mend(chat: number, thrown: unknown, attempt: number): Promise<void> {
    if (!(thrown instanceof TelegramFailure) || attempt >= attempts) throw thrown;
    const { why } = thrown;
    switch (why.is) {
      case 'moved':
        return groups.learn(chat, why.to);
      case 'flood':
        return flood.obey(chat, why.retryAfterInMs);
      case 'unreached':
        return wait(attempt * 500);
      case 'closed':
        throw new PlaceClosed(closedWords(chat, thrown), 'place', { cause: thrown });
      case 'topic-closed':
        throw new PlaceClosed(closedWords(chat, thrown), 'part', { cause: thrown });
      default:
        throw thrown;
    }
  }

  return {
    async send(chat, call, message = `new ${++sent}`) {
      for (let attempt = 1; ; attempt++) {
        const currentId = await prepared(chat);
        try {
          return await turns.send(chat, message, () => call(currentId));
        } catch (thrown) {
          await mend(chat, thrown, attempt);
        }
      }
    },
    frame(chat, call, message) {
      turns.frame(chat, message, async () => {
        try {
          await call(await prepared(chat));
        } catch (thrown) {
          log.debug(`A frame was lost: ${thrown instanceof Error ? thrown.message : thrown}`);
          await mend(chat, thrown, attempts - 1).catch(() => {}); // The next frame goes the better for it.
        }
      });
    },
  };
}

function closedWords(chat: number, { message }: TelegramFailure): string {
  const advice =
    chat > 0
      ? 'Open the chat with the bot and press Start.'
      : 'Let the bot write there, or take the chat out of holdfast.yml.';
  return `Could not post in telegram:${chat}: ${message} ${advice}`;
}
