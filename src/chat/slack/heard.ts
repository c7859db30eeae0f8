import { z } from 'zod';
import type { Address } from '../../domain/who.ts';
import type { Posted } from '../platform.ts';

/*
 * What Slack sends, as far as it matters here. https://docs.slack.dev/interactivity/implementing-slash-commands,
 * https://docs.slack.dev/apis/events-api
 */

/** Words of somebody in a place. */
export interface Heard {
  /** The same each time Slack delivers it. */
  readonly id: string;
  readonly words: string;
  readonly user: string;
  readonly where: Address;
  /** Where it may be answered a few times, member of the channel or not. */
  readonly responseUrl?: string;
  readonly pressedOn?: Posted;
  /** It was pressed in the Home tab, which shows the state of things and has to be shown anew. */
  readonly atHome?: true;
  /** When it was said, in seconds since 1970, where Slack may be late with it. */
  readonly saidAt?: number;
}

const SlashCommand = z.object({
  trigger_id: z.string(),
  user_id: z.string(),
  channel_id: z.string(),
  text: z.string().default(''),
  response_url: z.string(),
});

/** `/backup run shop` */
export function fromCommand(command: unknown): Heard {
  const { trigger_id, user_id, channel_id, text, response_url } = SlashCommand.parse(command);
  const where = { platform: 'slack', place: channel_id };
  return { id: trigger_id, words: unescaped(text), user: user_id, where, responseUrl: response_url };
}

const TextEvent = z.object({
  event_id: z.string(),
  event_time: z.number(),
  event: z.object({
    user: z.string(),
    text: z.string(),
    channel: z.string(),
    thread_ts: z.string().optional(),
  }),
});

/** `@Holdfast run shop`, or `run shop` in a conversation of two. */
export function fromMessage(body: unknown): Heard {
  const { event_id, event_time, event } = TextEvent.parse(body);
  return {
    id: event_id,
    words: unescaped(event.text.replace(/<@\w+(?:\|[^>]*)?>/g, ' ').trim()),
    user: event.user,
    where: inThread({ platform: 'slack', place: event.channel }, event.thread_ts),
    saidAt: event_time,
  };
}

const ByApp = z.union([
  z.object({ bot_id: z.string() }),
  z.object({ app_id: z.string() }),
  z.object({ bot_profile: z.object({}) }),
  z.object({ subtype: z.literal('bot_message') }),
]);

/**
 * Whether an app posted it: then it is the app's word, also where it has the name of a person, as with a token of theirs.
 * https://docs.slack.dev/reference/events/message
 */
export function isByApp(event: unknown): boolean {
  return ByApp.safeParse(event).success;
}

/** What stands for the Home tab in an address, beside the conversation with whose tab it is. */
export const homeThread = 'home';

const HomeOpened = z.object({
  event_id: z.string(),
  event: z.object({ user: z.string(), channel: z.string(), tab: z.string() }),
});

/** Opening the Home tab asks for the status; nothing when it was another tab. */
export function fromHome(body: unknown): Heard | undefined {
  const { event_id, event } = HomeOpened.parse(body);
  if (event.tab !== 'home') return undefined;
  const where = { platform: 'slack', place: event.channel, thread: homeThread };
  return { id: event_id, words: 'status', user: event.user, where };
}

/** A place, and the thread in it where there is one. */
export function inThread(address: Address, thread: string | undefined): Address {
  return thread === undefined ? address : { ...address, thread };
}

/** Slack writes `&`, `<` and `>` as entities, links as `<https://…|shop.nl>`, channels as `<#C1|ops>`. */
function unescaped(text: string): string {
  return text
    .replaceAll(/<([^>|]*)(?:\|([^>]*))?>/g, (_, target: string, label?: string) => label || target)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
