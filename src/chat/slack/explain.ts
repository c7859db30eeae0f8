import { webApi } from '@slack/bolt';
import { MessageRefused, PlaceClosed, PlatformError } from '../platform.ts';

/** Slack's word for what it refused; nothing when it was not reached, or failed. https://docs.slack.dev/reference/methods/chat.postMessage */
export function refusalOf(thrown: unknown): string | undefined {
  return thrown instanceof webApi.WebAPIPlatformError ? thrown.data.error.split(':')[0] : undefined;
}

/** How long Slack wants to be left alone, in milliseconds; nothing when it was something else. */
export function tooMuchFor(thrown: unknown): number | undefined {
  return thrown instanceof webApi.WebAPIRateLimitedError ? thrown.retryAfter * 1000 : undefined;
}

/** What could not be done, in words: `Could not post in C1: …` */
export function explain(doing: string, thrown: unknown): PlatformError {
  if (thrown instanceof PlatformError) return thrown;
  return new PlatformError(`Could not ${doing}: ${reasonOf(thrown)}`, { cause: thrown });
}

/** What became of a post or an edit: the place takes nothing, the message is not taken, or Slack could not do it just now. */
export function explainPost(doing: string, thrown: unknown): PlatformError {
  const { message } = explain(doing, thrown);
  const refusal = refusalOf(thrown);
  if (thrown instanceof PlatformError || refusal === undefined || passing.has(refusal))
    return explain(doing, thrown);
  if (ofContent.has(refusal)) return new MessageRefused(message, { cause: thrown });
  return new PlaceClosed(message, ofPart.has(refusal) ? 'part' : 'place', { cause: thrown });
}

/** Whether Slack refused the blocks of a message; the text in it may be taken. */
export function areBlocksRefused(thrown: unknown): boolean {
  return ofBlocks.has(refusalOf(thrown) ?? '');
}

/** Slack had trouble of its own. https://docs.slack.dev/reference/methods/chat.postMessage */
const passing: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'team_added_to_org',
  'update_failed',
]);

const ofBlocks: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
]);

const ofContent: ReadonlySet<string> = new Set([
  ...ofBlocks,
  'invalid_arguments',
  'invalid_text',
  'msg_too_long',
  'no_text',
]);

/** The channel takes messages, but not in this thread, or shows none to this person. */
const ofPart: ReadonlySet<string> = new Set([
  'cannot_reply_to_message',
  'message_not_found',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'thread_not_found',
  'user_not_found',
  'user_not_in_channel',
]);

function reasonOf(thrown: unknown): string {
  const refusal = refusalOf(thrown);
  if (refusal !== undefined) return refusals.get(refusal) ?? `Slack refused it (${refusal}).`;
  const wait = tooMuchFor(thrown);
  if (wait !== undefined) return `that was too much for Slack, which wants ${wait / 1000} s of rest.`;
  if (thrown instanceof webApi.WebAPIHTTPError) return `Slack has trouble (HTTP ${thrown.statusCode}).`;
  return `Slack was not reached: ${causeOf(thrown)}.`;
}

function causeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const inner = thrown instanceof webApi.WebAPIRequestError ? thrown.original : thrown;
  return inner.cause instanceof Error ? inner.cause.message : inner.message;
}

/** The words of Slack that somebody can do something about. */
const refusals: ReadonlyMap<string, string> = new Map(
  Object.entries({
    not_in_channel: 'Holdfast is not in that channel. Type /invite @Holdfast there.',
    channel_not_found:
      'there is no such channel, or Holdfast may not see it. If it is a private one, type /invite @Holdfast there.',
    is_archived: 'that channel is archived. Unarchive it, or take it out of holdfast.yml.',
    restricted_action: 'Holdfast may not post there. Allow it in the settings of the channel.',
    restricted_action_read_only_channel:
      'only some people may post in that channel. Allow Holdfast to, in the settings of the channel.',
    restricted_action_thread_only_channel: 'that channel takes replies in threads only.',
    restricted_action_thread_locked: 'that thread is locked.',
    restricted_action_non_threadable_channel: 'that channel takes no replies in threads.',
    cannot_reply_to_message: 'that message takes no replies.',
    thread_not_found: 'that thread was deleted.',
    message_not_found: 'that message was deleted.',
    user_not_in_channel: 'that person is not in the channel.',
    messages_tab_disabled: 'the app takes no direct messages. Turn on its Messages Tab in its settings.',
    cannot_dm_bot: 'a bot takes no direct messages.',
    user_not_visible: 'Holdfast may not see that person.',
    user_disabled: 'that account was deactivated.',
    invalid_auth: 'Slack does not know the token. Take it anew from the app’s settings.',
    not_authed: 'Slack was given no token.',
    token_revoked: 'the token was revoked. Install the app again, and take the new one.',
    token_expired: 'the token is too old. Install the app again, and take the new one.',
    account_inactive: 'the app was removed from the workspace. Install it again.',
    missing_scope: 'the app lacks a scope. Compare it with `holdfast slack manifest`, and install it again.',
    not_allowed_token_type:
      'that is a token of the wrong kind: botToken begins with xoxb-, appToken with xapp-.',
  }),
);
