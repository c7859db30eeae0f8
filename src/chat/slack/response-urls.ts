import type { Address } from '../../domain/who.ts';
import type { SlackContent } from './render/message.ts';

// https://docs.slack.dev/interactivity/handling-user-interaction
const uses = 5;
const lifetimeMs = 29 * 60_000;
const timeoutMs = 5_000;

/**
 * The addresses that come with a command or a press: whoever asked can be answered there, also in a channel that we are
 * not in. They let anybody write as us, so they are never stored.
 */
export interface ResponseUrls {
  keep(user: string, where: Address, url: string): void;
  /** Answers `user` alone, in the channel where they last asked; false when that is not possible any more. */
  answer(user: string, where: Address, content: SlackContent): Promise<boolean>;
  /** Whether that may still be possible. */
  canAnswer(user: string, where: Address): boolean;
}

interface Kept {
  readonly user: string;
  readonly url: string;
  readonly until: number;
  left: number;
}

export function openResponseUrls(): ResponseUrls {
  const byChannel = new Map<string, Kept[]>();

  function stillGood({ place }: Address): Kept[] {
    const good = (byChannel.get(place) ?? []).filter(
      ({ until, left }) => until > performance.now() && left > 0,
    );
    if (good.length === 0) byChannel.delete(place);
    else byChannel.set(place, good);
    return good;
  }

  return {
    keep(user, where, url) {
      const others = stillGood(where).filter((kept) => kept.user !== user);
      byChannel.set(where.place, [
        ...others,
        { user, url, until: performance.now() + lifetimeMs, left: uses },
      ]);
    },
    answer: (user, where, content) =>
      send(
        stillGood(where).find((kept) => kept.user === user),
        content,
      ),
    canAnswer: (user, where) => stillGood(where).some((kept) => kept.user === user),
  };
}

async function send(kept: Kept | undefined, { text, blocks }: SlackContent): Promise<boolean> {
  if (kept === undefined) return false;
  kept.left -= 1;
  const response = await fetch(kept.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text, blocks }),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => undefined); // There is another way to answer.
  return response?.ok === true;
}
