import { onTestFinished } from 'vitest';
import { type BotApi, type Setup, startBotApi } from './bot-api.ts';
import { quickTelegram } from './pace.ts';

/** A Bot API for the running test, in a hurry. */
export async function botApiForTest(setup: Setup = {}): Promise<BotApi> {
  const api = await startBotApi({ limits: quickTelegram.limits, ...setup });
  onTestFinished(() => api.close());
  return api;
}
