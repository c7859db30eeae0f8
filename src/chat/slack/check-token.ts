import type { webApi } from '@slack/bolt';
import type { ChatTools } from '../tools.ts';
import { explain, refusalOf } from './explain.ts';

/** Says at the start where the bot token leads, or that Slack refuses it. Never rejects: what is away now may be back soon. */
export async function checkToken(
  web: webApi.WebClient,
  { log, alert }: Pick<ChatTools, 'log' | 'alert'>,
): Promise<void> {
  try {
    const { team, user } = await web.auth.test();
    log.info(`Holdfast is @${user} in the Slack workspace ${team}.`);
  } catch (thrown) {
    const problem = explain('use the botToken of Slack', thrown).message;
    if (refusalOf(thrown) === undefined) log.warn(problem);
    else await alert({ platform: 'slack', problem });
  }
}
