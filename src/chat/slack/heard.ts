import { z } from 'zod';
import type { Address } from '../../domain/who.ts';
import type { Posted } from '../platform.ts';
import { actionIds, type Confirm, readConfirm } from './action-ids.ts';
import { typedInto } from './render/views.ts';

/*
 * What Slack sends, as far as it matters here. https://docs.slack.dev/interactivity/implementing-slash-commands,
 * https://docs.slack.dev/reference/interaction-payloads, https://docs.slack.dev/apis/events-api
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

const Pressable = z.object({
  action_id: z.string(),
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
});
type Pressable = z.infer<typeof Pressable>;

const Press = z.object({
  trigger_id: z.string(),
  user: z.object({ id: z.string() }),
  actions: z.tuple([Pressable]),
  container: z.object({
    channel_id: z.string().optional(),
    message_ts: z.string().optional(),
    thread_ts: z.string().optional(),
    is_ephemeral: z.boolean().default(false),
  }),
  view: z.object({ private_metadata: z.string().default('') }).optional(),
  response_url: z.string().optional(),
});

/** A button that was pressed or an option that was picked. Without words it is none of this version's. */
export interface Pressed extends Heard {
  /** What has to be typed before it counts. */
  readonly confirm?: Confirm;
}
export type Confirming = Pressed & Required<Pick<Pressed, 'confirm'>>;

export function fromPress(body: unknown): Pressed {
  const { trigger_id, user, actions, container, view, response_url } = Press.parse(body);
  const where = inThread(
    { platform: 'slack', place: container.channel_id ?? view?.private_metadata ?? '' },
    container.thread_ts,
  );
  const id = container.is_ephemeral ? undefined : container.message_ts;
  return {
    ...{ id: trigger_id, user: user.id, where, ...askedBy(actions[0]) },
    ...(response_url !== undefined && { responseUrl: response_url }),
    ...(id !== undefined && { pressedOn: { to: where, id } }),
    ...(view !== undefined && { atHome: true }),
  };
}

function askedBy({ action_id, value, selected_option }: Pressable): Pick<Pressed, 'words' | 'confirm'> {
  const carried = selected_option?.value ?? value ?? '';
  if (action_id.startsWith(`${actionIds.ask}:`)) return { words: carried };

  const confirm = action_id.startsWith(`${actionIds.confirm}:`) ? readConfirm(carried) : undefined;
  return confirm === undefined ? { words: '' } : { words: confirm.words, confirm };
}

/** Where a modal came from; it goes with the modal and comes back with what was typed. */
export const Origin = z.object({
  where: z.object({ platform: z.string(), place: z.string(), thread: z.string().optional() }),
  words: z.string(),
  typed: z.string(),
  message: z.string().optional(),
});
export type Origin = z.infer<typeof Origin>;

const Submission = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    id: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))),
    }),
  }),
});

interface Submitted extends Heard {
  readonly typed: string;
  readonly isRight: boolean;
}

/** A modal that was submitted; `isRight` says whether what was asked for was typed. Phones begin words with a capital. */
export function fromSubmission(body: unknown): Submitted {
  const { user, view } = Submission.parse(body);
  const origin = Origin.parse(JSON.parse(view.private_metadata));
  const entered = view.state.values[typedInto.block]?.[typedInto.action]?.value ?? '';
  const { platform, place, thread } = origin.where;
  const where = inThread({ platform, place }, thread);
  return {
    ...{ id: view.id, words: origin.words, user: user.id, where, typed: origin.typed },
    ...(origin.message !== undefined && { pressedOn: { to: where, id: origin.message } }),
    isRight: entered.trim().toLowerCase() === origin.typed.toLowerCase(),
  };
}

function inThread(address: Address, thread: string | undefined): Address {
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
