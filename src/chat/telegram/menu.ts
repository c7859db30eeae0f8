import type { ChatTools } from '../tools.ts';
import type { BotApi } from './api.ts';

/**
 * What Telegram offers whoever types a slash: in private chats every command by itself, in groups the one they all begin
 * with. Administrators of a group have a menu of their own, which would else be what another program once set.
 * https://core.telegram.org/bots/api#setmycommands
 */
export async function setMenu(
  api: BotApi,
  { commands, log }: Pick<ChatTools, 'commands' | 'log'>,
): Promise<void> {
  const backup = { command: 'backup', description: 'ask for a backup, a list, the status: /backup help' };
  const forAdministrators = {
    ...backup,
    description: 'ask for a backup, a cleanup, the status: /backup help',
  };
  const single = commands.map(({ verb, does }) => ({ command: verb, description: does.slice(0, 256) }));
  const menus = [
    { scope: { type: 'all_private_chats' as const }, commands: [backup, ...single] },
    { scope: { type: 'all_group_chats' as const }, commands: [backup] },
    { scope: { type: 'all_chat_administrators' as const }, commands: [forAdministrators] },
  ];
  try {
    for (const menu of menus) await api.call('setMyCommands', menu);
  } catch (thrown) {
    log.warn(`Telegram shows no menu of commands: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}
