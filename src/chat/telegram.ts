import { setTimeout as wait } from 'node:timers/promises';
import type { Platform } from './platform.ts';
import { botApi } from './telegram/api.ts';
import { isFailure } from './telegram/failure.ts';
import { hearing, type Me, type Mind } from './telegram/hearing.ts';
import type { Intake } from './telegram/intake.ts';
import { setMenu } from './telegram/menu.ts';
import type { TelegramOptions } from './telegram/options.ts';
import { type Polling, startPolling, usualPollingPace } from './telegram/polling.ts';
import { speaking } from './telegram/speaking.ts';
import { trouble } from './telegram/trouble.ts';
import { usualPace } from './telegram/turns.ts';
import { untilReached } from './telegram/until-reached.ts';
import { wantedUpdates } from './telegram/update.ts';
import { listenForUpdates, type Webhook } from './telegram/webhook.ts';
import type { ChatTools } from './tools.ts';

/** How often Telegram is asked, and how much is sent. Tests are in more of a hurry. */
const usualTelegramPace = { sending: usualPace, polling: usualPollingPace };

/** Whoever stops waits no longer for answers that are still on their way. */
const patienceOnCloseInMs = 1000;

/**
 * Telegram. Make a bot with BotFather (`holdfast telegram setup` says how) and put its token into `chat.telegram`; it needs
 * no rights in a group, and works with the privacy mode on.
 */
export function telegramPlatform(
  options: TelegramOptions,
  tools: ChatTools,
  pace = usualTelegramPace,
): Platform {
  const api = botApi(options, tools);
  const speak = speaking(api, tools, pace.sending);
  const problems = trouble(tools);
  const closing = new AbortController();
  const trying = { signal: closing.signal, trouble: problems };
  let listening: Polling | Webhook | undefined;
  let intake: Intake | undefined;
  let connecting: Promise<void> | undefined;
  let username: string | undefined;

  async function whoAmI(): Promise<Me> {
    const { id, username } = await api.call('getMe', {}, { signal: closing.signal });
    return { id, username };
  }

  async function begin(me: Me, mind: Mind): Promise<void> {
    const taking = hearing(api, me, mind, tools, speak);
    intake = taking;
    username = me.username;
    listening = await listen(taking);
    await setMenu(api, tools);
    tools.log.info(`Telegram knows this bot as @${me.username}.`);
  }

  async function listen(taking: Intake): Promise<Polling | Webhook> {
    const { webhook } = options;
    if (webhook === undefined) {
      const onRequest = (failure?: Error) => (failure ? problems.failed(failure) : problems.heard());
      return startPolling({ api, take: (update) => void taking.take(update), onRequest, pace: pace.polling });
    }
    const server = await listenForUpdates(webhook, taking.take);
    const { url, secretToken: secret_token } = webhook;
    await untilReached(
      () => api.call('setWebhook', { url, secret_token, allowed_updates: wantedUpdates }, trying),
      trying,
    );
    return server;
  }

  /** Telegram is away; what it will say of the token is not known yet. */
  function keepTrying(thrown: unknown, mind: Mind): void {
    problems.failed(thrown);
    connecting = untilReached(whoAmI, trying)
      .then((me) => begin(me, mind))
      .catch((failure) => {
        if (!closing.signal.aborted) problems.failed(failure);
      });
  }

  return {
    name: 'telegram',
    async start(answer, refuse, say) {
      const mind = { answer, refuse, say };
      const me = await whoAmI().catch((thrown) => {
        if (isFailure(thrown, 'unauthorized', 'refused')) throw thrown;
        keepTrying(thrown, mind);
      });
      if (me !== undefined) await begin(me, mind);
    },
    post: speak.poster.post,
    edit: speak.poster.edit,
    // https://core.telegram.org/bots/features#deep-linking
    deepLink: (code) => username && `https://t.me/${username}?start=${code}`,
    conversationWith(person) {
      const id = /^telegram:(\d+)$/.exec(person)?.[1];
      return id === undefined ? undefined : { platform: 'telegram', place: id };
    },
    async close() {
      closing.abort();
      await connecting;
      await listening?.close();
      await Promise.race([intake?.settled(), wait(patienceOnCloseInMs, undefined, { ref: false })]);
      speak.close();
    },
  };
}
