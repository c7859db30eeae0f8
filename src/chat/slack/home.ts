import type { webApi } from '@slack/bolt';
import type { Address } from '../../domain/who.ts';
import type { Message } from '../message.ts';
import { PlaceClosed, type Posted } from '../platform.ts';
import { explainPost } from './explain.ts';
import { ephemeralId } from './post.ts';
import { homeView } from './render/views.ts';

/** Shows a message as somebody's Home tab. @throws {PlatformError} */
export async function publishHome(
  to: Address,
  user: string,
  message: Message,
  web: webApi.WebClient,
): Promise<Posted> {
  try {
    await web.views.publish({ user_id: user, view: homeView(message, to.place) });
    return { to, id: ephemeralId };
  } catch (thrown) {
    const failure = explainPost(`show ${user} the Home tab`, thrown);
    throw failure instanceof PlaceClosed
      ? new PlaceClosed(failure.message, 'part', { cause: thrown })
      : failure;
  }
}
