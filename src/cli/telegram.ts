import { existsSync } from 'node:fs';
import { checkTelegram, setupSteps } from '../chat/telegram/setup.ts';
import { botPart } from '../config/parts.ts';
import { readConfig } from '../config/read.ts';
import type { ExitCode } from './exit.ts';

/** Says how to make a bot in Telegram; once there is one in the configuration, what Telegram says of it. */
export async function telegramSetup({ config: file }: { readonly config: string }): Promise<ExitCode> {
  process.stdout.write(setupSteps);
  const options = existsSync(file) ? botPart(readConfig(file, process.env)).chat.telegram : undefined;
  if (options === undefined) return 0;

  const sentences = await checkTelegram(options);
  process.stdout.write(`\n${sentences.map((sentence) => `✔ ${sentence}\n`).join('')}`);
  return 0;
}
