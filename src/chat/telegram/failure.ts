import { PlatformError } from '../platform.ts';

/** What kept a call from being carried out, as far as it matters what to do next. */
export type Why =
  /** The token is not known, or not any more. */
  | { readonly is: 'unauthorized' }
  /** Another process polls, or a webhook is set. */
  | { readonly is: 'conflict' }
  /** Too much was sent; nothing is taken before that time is over. */
  | { readonly is: 'flood'; readonly retryAfterInMs: number }
  /** The group became a supergroup and has a new id. */
  | { readonly is: 'moved'; readonly to: number }
  /** The chat takes nothing from the bot: it was kicked, blocked or muted, or the chat was deleted. */
  | { readonly is: 'closed' }
  /** The topic was deleted or closed; the chat may take it outside of the topic. */
  | { readonly is: 'topic-closed' }
  /** The message it answers is gone. */
  | { readonly is: 'nothing-to-answer' }
  /** An edit that would change nothing. */
  | { readonly is: 'unchanged' }
  /** The message cannot be edited, or is gone. */
  | { readonly is: 'uneditable' }
  /** The markup was not understood. */
  | { readonly is: 'unparsable' }
  /** Not carried out, and it will not be the next time either. */
  | { readonly is: 'refused' }
  /** Telegram was never reached. */
  | { readonly is: 'unreached' }
  /** It was reached and did not answer as it should; the call may have been carried out. */
  | { readonly is: 'unclear' };

/** A call that failed, in words. */
export class TelegramFailure extends PlatformError {
  override name = 'TelegramFailure';
  readonly why: Why;

  constructor(why: Why, message: string, options?: ErrorOptions) {
    super(message, options);
    this.why = why;
  }
}

/** How the Bot API says no. https://core.telegram.org/bots/api#making-requests */
export interface Answer {
  readonly code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number } | undefined;
}

/** A call to `method` that was answered with no. */
export function failureOf(method: string, answer: Answer, cause: unknown): TelegramFailure {
  const why = whyOf(answer);
  return new TelegramFailure(why, sentence(why, method, answer), { cause });
}

export function isFailure(thrown: unknown, ...kinds: readonly Why['is'][]): thrown is TelegramFailure {
  return thrown instanceof TelegramFailure && kinds.includes(thrown.why.is);
}

// The descriptions are those of https://github.com/tdlib/telegram-bot-api, telegram-bot-api/Client.cpp.
const closed = new RegExp(
  [
    'chat not found|user not found|PEER_ID_INVALID|CHANNEL_PRIVATE',
    'bot was kicked|bot was blocked|bot is not a member|bot is not a participant',
    'user is deactivated|group chat was deactivated|INPUT_USER_DEACTIVATED|USER_IS_BLOCKED',
    "bot can't initiate conversation|can't send messages to (?:bots|the user)",
    'not enough rights to send text messages|have no rights to send a message|have no write access',
    'CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED|CHAT_SEND_PLAIN_FORBIDDEN|CHAT_ADMIN_REQUIRED',
    'need administrator rights',
  ].join('|'),
  'i',
);
const topicClosed = /thread not found|TOPIC_CLOSED|TOPIC_DELETED|TOPIC_ID_INVALID/i;
const nothingToAnswer = /message to (?:be replied|reply) not found|replied message not found/i;
/** The chat takes words, but not this kind of content. */
const noMedia = /not enough rights to send (?!text messages)/i;
const uneditable =
  /message to edit not found|message can't be edited|MESSAGE_ID_INVALID|no text in the message/i;

function whyOf({ code, description, parameters }: Answer): Why {
  const { migrate_to_chat_id: to, retry_after: seconds } = parameters ?? {};
  if (to !== undefined) return { is: 'moved', to };
  if (code === 429) return { is: 'flood', retryAfterInMs: restInMs(seconds) };
  if (code === 401 || (code === 404 && /^Not Found$/i.test(description))) return { is: 'unauthorized' };
  if (code === 409) return { is: 'conflict' };
  if (code >= 500) return { is: 'unclear' };
  if (/message is not modified/i.test(description)) return { is: 'unchanged' };
  if (uneditable.test(description)) return { is: 'uneditable' };
  if (/can't parse entities/i.test(description)) return { is: 'unparsable' };
  if (topicClosed.test(description)) return { is: 'topic-closed' };
  if (nothingToAnswer.test(description)) return { is: 'nothing-to-answer' };
  if (noMedia.test(description)) return { is: 'refused' };
  return { is: code === 403 || closed.test(description) ? 'closed' : 'refused' };
}

const longestRestInSeconds = 3600;

/** After an hour it is asked again, whatever it said: a timer of Node that is to wait for weeks ends at once. */
function restInMs(seconds: unknown): number {
  const isTime = typeof seconds === 'number' && seconds > 0;
  return Math.min(isTime ? seconds : 5, longestRestInSeconds) * 1000;
}

function sentence(why: Why, method: string, { code, description }: Answer): string {
  switch (why.is) {
    case 'unauthorized':
      return 'Telegram does not know this token. Take chat.telegram.token from BotFather again: it may have been revoked.';
    case 'conflict':
      return `Telegram gives updates to one taker alone (${description}).`;
    case 'flood':
      return `Telegram takes nothing more here for ${Math.ceil(why.retryAfterInMs / 1000)} s: too much was sent.`;
    case 'unclear':
      return `Telegram could not do ${method} (${code} ${description}); it may work later.`;
    default:
      return `Telegram refused ${method}: ${description.replace(/^(Bad Request|Forbidden): /, '')}.`;
  }
}
