import { randomUUID } from 'node:crypto';
import type { Member, SlackMessage, View } from './workspace.ts';

/*
 * What Slack sends an app, field by field. https://docs.slack.dev/interactivity/implementing-slash-commands,
 * https://docs.slack.dev/apis/events-api, https://docs.slack.dev/reference/interaction-payloads
 */

/** What lets an app answer: an address, and the right to open a modal. */
export interface Means {
  readonly responseUrl: string;
  readonly triggerId: string;
}

const app = { api_app_id: 'A1', token: 'deprecated' };

export function slashCommand(by: Member, channel: string, text: string, means: Means) {
  return {
    ...app,
    team_id: 'T1',
    team_domain: 'acme',
    channel_id: channel,
    channel_name: channel.startsWith('D') ? 'directmessage' : 'ops',
    user_id: by.id,
    user_name: by.name,
    command: '/backup',
    text,
    is_enterprise_install: 'false',
    response_url: means.responseUrl,
    trigger_id: means.triggerId,
  };
}

export function event(body: object, atSeconds = Math.floor(Date.now() / 1000)) {
  return {
    ...app,
    team_id: 'T1',
    type: 'event_callback',
    event_id: `Ev${randomUUID()}`,
    event_time: atSeconds,
    authorizations: [
      { enterprise_id: null, team_id: 'T1', user_id: 'UBOT', is_bot: true, is_enterprise_install: false },
    ],
    event: body,
  };
}

export function mention(by: Member, channel: string, text: string, ts: string, thread?: string) {
  const inThread = thread !== undefined && { thread_ts: thread };
  return { type: 'app_mention', user: by.id, team: by.team, text, ts, channel, event_ts: ts, ...inThread };
}

export function directMessage(by: Member, text: string, ts: string) {
  const isBot = by.is === 'bot' && { bot_id: 'BBOT' };
  const channel = `D${by.id === 'UBOT' ? 'U1' : by.id}`;
  return {
    type: 'message',
    channel_type: 'im',
    user: by.id,
    team: by.team,
    text,
    ts,
    channel,
    event_ts: ts,
    ...isBot,
  };
}

export function homeOpened(by: Member, tab: 'home' | 'messages', ts: string) {
  return { type: 'app_home_opened', user: by.id, channel: `D${by.id}`, tab, event_ts: ts };
}

interface Pressed {
  readonly on: SlackMessage | View;
  readonly action: Readonly<Record<string, unknown>>;
}

export function blockActions(by: Member, { on, action }: Pressed, { triggerId, responseUrl }: Means) {
  return {
    ...app,
    type: 'block_actions',
    team: { id: 'T1', domain: 'acme' },
    user: { id: by.id, username: by.name, name: by.name, team_id: by.team },
    trigger_id: triggerId,
    actions: [{ ...action, action_ts: '1' }],
    ...('view' in on
      ? { container: { type: 'view', view_id: on.id }, view: { id: on.id, ...on.view } }
      : onMessage(on, responseUrl)),
  };
}

/** An ephemeral message is not told in the payload. */
function onMessage({ channel, ts, thread, onlyFor, text, blocks }: SlackMessage, responseUrl: string) {
  const inThread = thread !== undefined && { thread_ts: thread };
  const is_ephemeral = onlyFor !== undefined;
  return {
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral, ...inThread },
    channel: { id: channel, name: 'ops' },
    response_url: responseUrl,
    ...(!is_ephemeral && { message: { type: 'message', ts, text, blocks, ...inThread } }),
  };
}

export function viewSubmission(by: Member, { id, view }: View, values: object, { triggerId }: Means) {
  return {
    ...app,
    type: 'view_submission',
    team: { id: 'T1', domain: 'acme' },
    user: { id: by.id, username: by.name, name: by.name, team_id: by.team },
    trigger_id: triggerId,
    view: { id, ...view, state: { values }, hash: '1' },
    response_urls: [],
  };
}
