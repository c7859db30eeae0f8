import { z } from 'zod';
import { Port } from '../../domain/port.ts';
import { strict } from '../../domain/strict.ts';

/** How Telegram brings updates by itself instead of being asked for them. https://core.telegram.org/bots/api#setwebhook */
const WebhookOptions = strict({
  /** The public address, on port 443, 80, 88 or 8443. Whatever ends TLS there passes requests on to `host` and `port`. */
  url: z
    .url({ protocol: /^https$/, error: 'A public address that begins with https://.' })
    .describe('The public address Telegram brings updates to; its port is 443, 80, 88 or 8443.'),
  /** Telegram sends it with every update; a request without it is answered 403 and nothing else. */
  secretToken: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/, '1 to 256 letters, digits, dashes and underscores.')
    .describe('A secret of your own that Telegram sends with every update.'),
  /** Where to listen. */
  host: z.string().default('127.0.0.1').describe('The address to listen on. Default: 127.0.0.1.'),
  port: Port.default(8443).describe('The port to listen on. Default: 8443.'),
  /** Left out: the path of `url`. */
  path: z
    .string()
    .regex(/^\/\S*$/, 'A path that begins with a slash.')
    .optional()
    .describe('The path that requests arrive with here. Left out: the path of the url.'),
});
export type WebhookOptions = z.infer<typeof WebhookOptions>;

/** Telegram, by long polling or, with `webhook`, by a webhook. `holdfast telegram setup` says what to tell BotFather. */
export const TelegramOptions = strict({
  /** As BotFather gave it: `123456:ABC-DEF…`. */
  token: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'A token as BotFather gives it, such as 123456:ABC-DEF.')
    .describe('The token that BotFather gave.'),
  webhook: WebhookOptions.optional().describe(
    'Lets Telegram bring updates to a public address. Left out: Holdfast asks for them, which needs no address.',
  ),
  /** A Bot API server of one's own: https://github.com/tdlib/telegram-bot-api */
  apiRoot: z
    .url({ protocol: /^https?$/, error: 'An address that begins with https:// or http://.' })
    .default('https://api.telegram.org')
    .describe('A Bot API server of your own. Default: https://api.telegram.org.'),
});
export type TelegramOptions = z.infer<typeof TelegramOptions>;
