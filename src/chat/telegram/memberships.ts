import { addressOf } from './asker.ts';
import type { ClosedChats } from './closed-chats.ts';
import type { Groups } from './groups.ts';
import { hello } from './own-words.ts';
import type { Poster } from './poster.ts';
import type { Membership } from './update.ts';

interface MembershipTools {
  readonly botName: string;
  readonly closed: ClosedChats;
  readonly groups: Groups;
  readonly poster: Poster;
}

/** Where the bot is let in and put out. https://core.telegram.org/bots/api#chatmemberupdated */
export function memberships({ botName, closed, groups, poster }: MembershipTools) {
  return {
    async onMembership({ chat, old_chat_member: before, new_chat_member: now }: Membership): Promise<void> {
      const known = await groups.knownAs(chat.id);
      if (isOutside(now)) return closeUnlessMoved(chat.id, known, chat.type === 'private');
      await closed.open(known);
      if (isOutside(before) && chat.type !== 'private')
        await poster.post(addressOf(known), hello(`telegram:${known}`, botName));
    },
  };

  /** A group that moves is left under its old id. */
  async function closeUnlessMoved(id: number, known: number, isPrivate: boolean): Promise<void> {
    if ((await groups.currentId(id)) !== id) return;
    await closed.close(
      known,
      isPrivate ? 'The person blocked the bot.' : 'The bot was put out of the group.',
    );
  }
}

function isOutside({ status }: { readonly status: string }): boolean {
  return status === 'left' || status === 'kicked';
}
