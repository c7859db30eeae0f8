import { webApi } from '@slack/bolt';
import { PlatformError } from '../platform.ts';

/** Slack's word for what it refused; nothing when it was not reached, or failed. https://docs.slack.dev/reference/methods/chat.postMessage */
export function refusalOf(thrown: unknown): string | undefined {
  return thrown instanceof webApi.WebAPIPlatformError ? thrown.data.error : undefined;
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

function reasonOf(thrown: unknown): string {
  const refusal = refusalOf(thrown);
  if (refusal !== undefined) return refusals[refusal] ?? `Slack refused it (${refusal}).`;
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
const refusals: Readonly<Record<string, string>> = {
  not_in_channel: 'Holdfast is not in that channel. Type /invite @Holdfast there.',
  channel_not_found:
    'there is no such channel, or Holdfast may not see it. If it is a private one, type /invite @Holdfast there.',
  is_archived: 'that channel is archived.',
  invalid_auth: 'Slack does not know the token. Take it anew from the app’s settings.',
  not_authed: 'Slack was given no token.',
  token_revoked: 'the token was revoked. Install the app again, and take the new one.',
  token_expired: 'the token is too old. Install the app again, and take the new one.',
  account_inactive: 'the app was removed from the workspace. Install it again.',
  missing_scope: 'the app lacks a scope. Compare it with `holdfast slack manifest`, and install it again.',
  not_allowed_token_type:
    'that is a token of the wrong kind: botToken begins with xoxb-, appToken with xapp-.',
};
