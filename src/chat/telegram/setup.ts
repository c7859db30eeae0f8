import { botApi } from './api.ts';
import type { TelegramOptions } from './options.ts';

/** What to do in Telegram before Holdfast can be there, step by step. */
export const setupSteps = `1. In Telegram, write /newbot to @BotFather. Give it a name, and a username that ends in "bot".
2. It answers with a token. Keep it in the environment, and name it in holdfast.yml:
     chat:
       telegram: { token: '\${TELEGRAM_TOKEN}' }
3. Leave the rest as it is. The privacy mode (/setprivacy) stays on: in a group the bot then sees only what names it.
   The menu of commands (/setcommands) is set by Holdfast. To keep others from adding the bot to their groups, write
   /setjoingroups once it is in yours.
4. Start Holdfast, open the chat with your bot and press Start: it says your id. Allow it to do something:
     access:
       - { allow: [all], who: ['telegram:77'] }
5. Add the bot to a group: it says the group's id there, for "where" in access and for "channels". The administrators of
   a group are 'telegram:admins:-1001234567890' in "who".
`;

/** What Telegram says of a bot, in sentences. @throws {TelegramFailure} when it does not know the token, or is not reached. */
export async function checkTelegram(options: TelegramOptions): Promise<string[]> {
  const me = await botApi(options).call('getMe', {});
  return [
    `Telegram knows this bot as @${me.username}.`,
    me.can_join_groups
      ? 'It can be added to groups.'
      : 'It cannot be added to groups: write /setjoingroups to @BotFather to allow it.',
    me.can_read_all_group_messages
      ? 'In groups it is shown everything, which it does not need: write /setprivacy to @BotFather and choose Enable.'
      : 'In groups it is shown only what names it.',
  ];
}
