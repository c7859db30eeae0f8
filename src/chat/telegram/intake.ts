import type { ChatLog } from '../tools.ts';
import type { memberships } from './memberships.ts';
import type { messages } from './messages.ts';
import type { presses } from './presses.ts';
import { Update } from './update.ts';

type Takers = ReturnType<typeof messages> & ReturnType<typeof presses> & ReturnType<typeof memberships>;

interface IntakeTools {
  readonly takers: Takers;
  readonly isNew: (updateId: number) => Promise<boolean>;
  readonly log: ChatLog;
}

/** Takes updates and sees to each by itself: one that takes long, or fails, holds up no other. */
export interface Intake {
  /** Resolves, as soon as it is known to be new, or that it is not. */
  take(update: unknown): Promise<void>;
  /** Resolves once everything that was taken has been seen to. */
  settled(): Promise<void>;
}

export function intake({ takers, isNew, log }: IntakeTools): Intake {
  const inHand = new Set<Promise<void>>();

  async function seeTo(update: Update): Promise<void> {
    try {
      if (update.message) await takers.onMessage(update.message);
      if (update.edited_message) await takers.onEdited(update.edited_message);
      if (update.callback_query) await takers.onPress(update.callback_query);
      if (update.my_chat_member) await takers.onMembership(update.my_chat_member);
    } catch (thrown) {
      log.error(`Something said on Telegram could not be answered: ${reasonOf(thrown)}`);
    }
  }

  return {
    async take(raw) {
      const { data: update, error } = Update.safeParse(raw);
      if (update === undefined)
        return log.debug(`An update of Telegram was not understood: ${error.message}`);
      if (!(await isNew(update.update_id))) return;

      const work = seeTo(update).finally(() => inHand.delete(work));
      inHand.add(work);
    },
    async settled() {
      await Promise.all(inHand);
    },
  };
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
