import type { z } from 'zod';
import { strict } from '../domain/strict.ts';
import type { Platform } from './platform.ts';
import { SlackOptions, slackPlatform } from './slack.ts';
import { TelegramOptions, telegramPlatform } from './telegram.ts';
import type { ChatTools } from './tools.ts';

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

/** The platforms that are configured, not started yet. */
export function openPlatforms({ slack, telegram }: ChatOptions, tools: ChatTools): Platform[] {
  return [
    ...(slack === undefined ? [] : [slackPlatform(slack, tools)]),
    ...(telegram === undefined ? [] : [telegramPlatform(telegram, tools)]),
  ];
}
