import type { webApi } from '@slack/bolt';
import type { Address } from '../../domain/who.ts';
import type { Message } from '../message.ts';
import type { Posted } from '../platform.ts';
import { explain } from './explain.ts';
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
    throw explain(`show ${user} the Home tab`, thrown);
  }
}
