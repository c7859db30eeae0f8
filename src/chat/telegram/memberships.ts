import type { PlaceNews, Say } from '../platform.ts';
import { addressOf } from './asker.ts';
import type { Groups } from './groups.ts';
import { hello } from './own-words.ts';
import type { Membership } from './update.ts';

interface MembershipTools {
  readonly botName: string;
  readonly places: PlaceNews;
  readonly groups: Groups;
  readonly say: Say;
}

/** Where the bot is let in, muted and removed. https://core.telegram.org/bots/api#chatmemberupdated */
export function memberships({ botName, places, groups, say }: MembershipTools) {
  return {
    async onMembership({ chat, old_chat_member: before, new_chat_member: now }: Membership): Promise<void> {
      const known = await groups.knownAs(chat.id);
      if (isOutside(now)) return closeUnlessMoved(chat.id, known, chat.type === 'private');
      if (isMuted(now)) return places.closed(addressOf(known), muted);
      await places.opened(addressOf(known));
      if (isOutside(before) && chat.type !== 'private')
        await say(addressOf(known), hello(`telegram:${known}`, botName));
    },
  };

  /** A group that moves is left under its old id. */
  async function closeUnlessMoved(id: number, known: number, isPrivate: boolean): Promise<void> {
    if ((await groups.currentId(id)) !== id) return;
    await places.closed(addressOf(known), isPrivate ? blocked : removed);
  }
}

const blocked = 'The person blocked the bot.';
const removed = 'The bot was removed from the group. Let it in again, or take the group out of holdfast.yml.';
const muted = 'The bot may not write there any more. Let it write, or take the chat out of holdfast.yml.';

type Status = Membership['new_chat_member'];

function isOutside({ status }: Status): boolean {
  return status === 'left' || status === 'kicked';
}

/** In a group the one right is given or taken, in a channel the other. https://core.telegram.org/bots/api#chatmember */
function isMuted({ can_send_messages, can_post_messages }: Status): boolean {
  return can_send_messages === false || can_post_messages === false;
}
