import type { ChatTools, Notes } from '../tools.ts';

/**
 * Notes for what is only of help: while the store is away they are as if empty. A chat in which nothing can be said because
 * the store is away could not say that either.
 */
export function lenientNotes({ notes, log }: Pick<ChatTools, 'notes' | 'log'>): Notes {
  async function orElse<Found>(asking: Promise<Found>, otherwise: Found): Promise<Found> {
    try {
      return await asking;
    } catch (thrown) {
      log.debug(`Telegram goes on without its notes: ${thrown instanceof Error ? thrown.message : thrown}`);
      return otherwise;
    }
  }

  return {
    recall: (key) => orElse(notes.recall(key), undefined),
    remember: (...fact) => orElse(notes.remember(...fact), undefined),
    claim: (...fact) => orElse(notes.claim(...fact), true),
    forget: (key) => orElse(notes.forget(key), undefined),
  };
}
