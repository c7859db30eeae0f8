import { openPlatforms } from '../../src/chat/registry.ts';
import { telegramPlatform } from '../../src/chat/telegram.ts';
import type { ChatTools } from '../../src/chat/tools.ts';
import { botPart } from '../../src/config/parts.ts';
import { quickTelegram } from '../support/telegram/pace.ts';

/** The bot of a configuration, whose Telegram is in a hurry. */
export function inAHurry(config: Parameters<typeof botPart>[0]) {
  const part = botPart(config);
  const { telegram, ...others } = part.chat;
  const platforms = (tools: ChatTools) => [
    ...openPlatforms(others, tools),
    ...(telegram === undefined ? [] : [telegramPlatform(telegram, tools, quickTelegram.pace)]),
  ];
  return { config: part, platforms };
}
