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
  /** Nothing can be sent there any more: kicked, blocked, deleted. */
  | { readonly is: 'closed' }
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
const closed =
  /chat not found|bot was kicked|bot was blocked|user is deactivated|bot is not a member|PEER_ID_INVALID/i;
const uneditable =
  /message to edit not found|message can't be edited|MESSAGE_ID_INVALID|no text in the message/i;

function whyOf({ code, description, parameters }: Answer): Why {
  const { migrate_to_chat_id: to, retry_after: seconds } = parameters ?? {};
  if (to !== undefined) return { is: 'moved', to };
  if (code === 429) return { is: 'flood', retryAfterInMs: (seconds ?? 5) * 1000 };
  if (code === 401 || (code === 404 && /^Not Found$/i.test(description))) return { is: 'unauthorized' };
  if (code === 409) return { is: 'conflict' };
  if (code >= 500) return { is: 'unclear' };
  if (/message is not modified/i.test(description)) return { is: 'unchanged' };
  if (uneditable.test(description)) return { is: 'uneditable' };
  if (/can't parse entities/i.test(description)) return { is: 'unparsable' };
  return { is: code === 403 || closed.test(description) ? 'closed' : 'refused' };
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
