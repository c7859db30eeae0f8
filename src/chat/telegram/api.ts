import { Telegram, TelegramError } from 'telegraf';
import type { Telegram as Methods, Opts } from 'telegraf/types';
import type { CallOutcome, ChatTools } from '../tools.ts';
import { failureOf, TelegramFailure } from './failure.ts';
import type { TelegramOptions } from './options.ts';

export type Asked<Method extends keyof Methods> = Opts<Method>;

/** The methods of the Bot API, by the name they have there. https://core.telegram.org/bots/api#available-methods */
export interface BotApi {
  /** @throws {TelegramFailure} also when `signal` is aborted, as `unreached`. */
  call<Method extends keyof Methods>(
    method: Method,
    asked: Asked<Method>,
    options?: { readonly signal?: AbortSignal; readonly timeoutInMs?: number },
  ): Promise<ReturnType<Methods[Method]>>;
}

/** The platform's own signal is what node-fetch wants; telegraf's types name a polyfill that has a few members less. */
type PolyfilledSignal = NonNullable<NonNullable<Parameters<Telegram['callApi']>[2]>['signal']>;

/** telegraf waits 500 s for an answer, and nobody who waits for a reply does. */
const usualTimeoutInMs = 15_000;

/**
 * The Bot API through telegraf's client. Its bot is not used: it reads commands differently from other platforms, ends its
 * polling when another process polls, and cannot be stopped while it waits (docs/decisions/0006-telegraf-as-client.md).
 */
export function botApi(
  { token, apiRoot }: TelegramOptions,
  { onCall }: Pick<ChatTools, 'onCall'> = {},
): BotApi {
  // A path in the address is dropped unless it ends with a slash.
  const client = new Telegram(token, { apiRoot: apiRoot.replace(/\/*$/, '/'), webhookReply: false });

  return {
    async call(method, asked, { signal, timeoutInMs = usualTimeoutInMs } = {}) {
      const timeout = AbortSignal.timeout(timeoutInMs);
      const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
      try {
        const answer = await client.callApi(method, asked, { signal: either as PolyfilledSignal });
        onCall?.('telegram', 'answered');
        return answer;
      } catch (cause) {
        const failure = inWords(method, cause, timeout.aborted, timeoutInMs);
        onCall?.('telegram', outcomeOf(failure));
        throw failure;
      }
    },
  };
}

function outcomeOf({ why }: TelegramFailure): CallOutcome {
  if (why.is === 'flood') return 'too-many';
  return why.is === 'unreached' || why.is === 'unclear' ? 'failed' : 'answered';
}

function inWords(method: string, cause: unknown, late: boolean, timeoutInMs: number): TelegramFailure {
  if (cause instanceof TelegramError) return failureOf(method, cause, cause);
  if (late) {
    const sentence = `Telegram did not answer ${method} within ${timeoutInMs / 1000} s; it may work later.`;
    return new TelegramFailure({ is: 'unclear' }, sentence, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  const is = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH/.test(reason)
    ? 'unreached'
    : 'unclear';
  return new TelegramFailure({ is }, `Telegram was not reached: ${reason}.`, { cause });
}
