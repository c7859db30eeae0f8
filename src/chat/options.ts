import type { z } from 'zod';
import { strict } from '../domain/strict.ts';
import { SlackOptions } from './slack/options.ts';
import { TelegramOptions } from './telegram/options.ts';

/** The chats the bot is in; each is left out where there is none. */
export const ChatOptions = strict({
  /** Slack, by its Web API and either Socket Mode or HTTP. */
  slack: SlackOptions.optional().describe(
    'Slack. `holdfast slack manifest` prints what to create the app from.',
  ),
  /** Telegram, by long polling or a webhook. */
  telegram: TelegramOptions.optional().describe(
    'Telegram. `holdfast telegram setup` prints what to tell BotFather.',
  ),
});
export type ChatOptions = z.infer<typeof ChatOptions>;
