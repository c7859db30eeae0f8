import { z } from 'zod';
import { isTyped } from '../typed-name.ts';
import { actionIds, type Confirm, readConfirm } from './action-ids.ts';
import { type Heard, inThread } from './heard.ts';
import { typedInto } from './render/views.ts';

/*
 * What Slack sends when something is pressed, as far as it matters here. https://docs.slack.dev/reference/interaction-payloads
 */

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

/** What a button asks for whoever presses it. Without words it is a button of another version. */
export interface Pressed extends Heard {
  /** What has to be typed before it counts. */
  readonly confirm?: Confirm;
}

/** A press that is not enough by itself. */
export type Confirming = Pressed & Required<Pick<Pressed, 'confirm'>>;

/** A button that was pressed, or an option that was picked: on a message, or in the Home tab. */
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
    isRight: isTyped(entered, origin.typed),
  };
}
