import { z } from 'zod';
import { MessageBlocks, Mrkdwn, View } from './block-kit.ts';
import { refuse } from './refusal.ts';
import type { Triggers } from './triggers.ts';
import { botUser, type Form, type SlackMessage, type Workspace } from './workspace.ts';

export type Params = Readonly<Record<string, unknown>>;
type Method = (params: Params) => object;

interface MethodTools {
  readonly workspace: Workspace;
  readonly triggers: Triggers;
  /** Of this server. */
  url(): string;
}

/** The methods of the Web API that Holdfast may use, each as strict as Slack: https://docs.slack.dev/reference/methods */
export function methods(tools: MethodTools): Readonly<Record<string, Method>> {
  return {
    ...chat(tools),
    ...files(tools),
    ...people(tools),
    ...views(tools),
    'apps.connections.open': () => ({ url: `${tools.url().replace('http', 'ws')}/socket` }),
  };
}

/** Tokens of which scope a method needs: https://docs.slack.dev/reference/scopes */
export const scopeOf: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'users.info': 'users:read',
  'usergroups.list': 'usergroups:read',
};

const Post = z.object({
  channel: z.string(),
  text: z.string().min(1),
  blocks: z.array(z.unknown()).default([]),
  thread_ts: z.string().optional(),
  client_msg_id: z.string().optional(),
});

function chat({ workspace }: MethodTools): Record<string, Method> {
  const byClientId = new Map<string, SlackMessage>();

  return {
    'chat.postMessage'(params) {
      const { client_msg_id: id, ...post } = Post.parse(params);
      const known = id === undefined ? undefined : byClientId.get(id);
      const channel = open(workspace, post.channel, post.thread_ts);
      const message = known ?? keep(workspace, { ...post, channel });
      if (id !== undefined) byClientId.set(id, message);
      return { channel, ts: message.ts, message: { text: message.text } };
    },
    'chat.postEphemeral'(params) {
      const { user } = z.object({ user: z.string() }).parse(params);
      const post = Post.parse(params);
      if (!open(workspace, post.channel, post.thread_ts).startsWith('C')) refuse('user_not_in_channel');
      if (!workspace.channels.get(post.channel)?.has(user)) refuse('user_not_in_channel');
      return { message_ts: keep(workspace, post, user).ts };
    },
    'chat.update'(params) {
      const { channel, ts, ...rest } = z
        .object({ channel: z.string(), ts: z.string(), text: z.string(), blocks: z.array(z.unknown()) })
        .parse(params);
      open(workspace, channel);
      if (rest.text.length > 4000) refuse('msg_too_long');
      const message = workspace.messages.get(`${channel} ${ts}`);
      if (message === undefined || message.onlyFor !== undefined) refuse('message_not_found');

      const form = checked(rest);
      workspace.messages.set(`${channel} ${ts}`, { ...message, ...form, forms: [...message.forms, form] });
      workspace.changed();
      return { channel, ts, text: form.text };
    },
  };
}

/** The channel a post goes to: a person stands for the conversation with them. */
function open(workspace: Workspace, channel: string, thread?: string): string {
  const id = channel.startsWith('U') ? `D${channel}` : channel;
  const inside = workspace.channels.get(id) ?? refuse('channel_not_found');
  if (!inside.has(botUser)) refuse(id.startsWith('C') ? 'not_in_channel' : 'channel_not_found');
  const reason = workspace.closed.get(id) ?? workspace.closed.get(`${id} ${thread}`);
  return reason === undefined ? id : refuse(reason);
}

/** Puts a post where people see it; also for a `response_url`, which needs no membership. */
export function keep(
  workspace: Workspace,
  { channel, text, blocks, thread_ts }: z.infer<typeof Post>,
  onlyFor?: string,
): SlackMessage {
  const ts = workspace.nextTs();
  const form = checked({ text, blocks });
  const message = {
    ...{ channel, ts, ...form, forms: [form] },
    ...(thread_ts !== undefined && { thread: thread_ts }),
    ...(onlyFor !== undefined && { onlyFor }),
  };
  workspace.messages.set(`${channel} ${ts}`, message);
  workspace.changed();
  return message;
}

function checked({ text, blocks }: { text: string; blocks: readonly unknown[] }): Form {
  if (text.length > 40_000) refuse('msg_too_long');
  if (!Mrkdwn.safeParse(text).success) refuse(`invalid_text: ${text}`);
  const read = MessageBlocks.safeParse(blocks);
  if (!read.success) refuse(`invalid_blocks: ${z.prettifyError(read.error)}`);
  return { text, blocks: read.data, at: Date.now() };
}

function files({ workspace, url }: MethodTools): Record<string, Method> {
  return {
    'files.getUploadURLExternal'(params) {
      const { filename, alt_txt } = z
        .object({ filename: z.string(), length: z.string(), alt_txt: z.string().max(2000).optional() })
        .parse(params);
      const id = `F${workspace.files.size + 1}`;
      workspace.files.set(id, { id, name: filename, alt: alt_txt, bytes: Buffer.alloc(0) });
      return { upload_url: `${url()}/upload/${id}`, file_id: id };
    },
    'files.completeUploadExternal'(params) {
      const { files, channel_id, thread_ts } = z
        .object({
          files: z.array(z.object({ id: z.string() })).length(1),
          channel_id: z.string(),
          thread_ts: z.string().optional(),
        })
        .parse(params);
      const file = workspace.files.get(files[0]?.id ?? '') ?? refuse('file_not_found');
      if (file.bytes.length === 0) refuse('file_update_failed');
      const channel = open(workspace, channel_id);
      workspace.files.set(file.id, {
        ...file,
        channel,
        ...(thread_ts !== undefined && { thread: thread_ts }),
      });
      workspace.changed();
      return { files };
    },
  };
}

function people({ workspace }: MethodTools): Record<string, Method> {
  return {
    'auth.test': () => ({ team_id: 'T1', team: 'acme', user: 'holdfast', user_id: botUser, bot_id: 'BBOT' }),
    'users.info'(params) {
      const { id, team, name, is } = workspace.members.get(String(params.user)) ?? refuse('user_not_found');
      const kind = { is_restricted: is === 'guest', is_ultra_restricted: false, is_bot: is === 'bot' };
      return { user: { id, team_id: team, name, deleted: false, ...kind, profile: { display_name: name } } };
    },
    'usergroups.list': () => ({
      usergroups: [...workspace.groups].map(([id, users]) => ({
        id,
        handle: id,
        users,
        date_delete: workspace.disabledGroups.has(id) ? 1_700_000_000 : 0,
      })),
    }),
  };
}

function views({ workspace, triggers }: MethodTools): Record<string, Method> {
  return {
    'views.open'(params) {
      const person = triggers.exchange(String(params.trigger_id));
      const view = checkedView(params.view, 'modal');
      const id = `V${workspace.modals.size + 1}`;
      workspace.modals.set(id, { id, person, view });
      workspace.changed();
      return { view: { id, ...view } };
    },
    'views.publish'(params) {
      const person = String(params.user_id);
      workspace.homes.set(person, { id: `H${person}`, person, view: checkedView(params.view, 'home') });
      workspace.changed();
      return { view: { id: `H${person}` } };
    },
  };
}

function checkedView(view: unknown, type: 'modal' | 'home'): Record<string, unknown> {
  const read = View.safeParse(view);
  if (!read.success) refuse(`invalid_blocks: ${z.prettifyError(read.error)}`);
  if (read.data.type !== type) refuse('invalid_arguments');
  return read.data;
}
