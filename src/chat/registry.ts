import type { ChatOptions } from './options.ts';
import type { Platform } from './platform.ts';
import { slackPlatform } from './slack.ts';
import { telegramPlatform } from './telegram.ts';
import type { ChatTools } from './tools.ts';

/** The platforms that are configured, not started yet. */
export function openPlatforms({ slack, telegram }: ChatOptions, tools: ChatTools): Platform[] {
  return [
    ...(slack === undefined ? [] : [slackPlatform(slack, tools)]),
    ...(telegram === undefined ? [] : [telegramPlatform(telegram, tools)]),
  ];
}
