import { z } from 'zod';
import { Port } from '../../domain/port.ts';
import { strict } from '../../domain/strict.ts';

/**
 * A Slack app, made from `holdfast slack manifest`. With `appToken` it listens over WebSockets that it opens itself
 * (Socket Mode); with `signingSecret` Slack sends its requests to `host`, `port` and `path`.
 */
export const SlackOptions = strict({
  botToken: z
    .string()
    .regex(/^xoxb-/, 'a bot token, which begins with xoxb-')
    .describe('The "Bot User OAuth Token" of the app, from "OAuth & Permissions".'),
  appToken: z
    .string()
    .regex(/^xapp-/, 'an app-level token, which begins with xapp-')
    .optional()
    .describe('For Socket Mode: a token with connections:write, from "Basic Information".'),
  signingSecret: z
    .string()
    .min(1)
    .optional()
    .describe('For HTTP, instead of appToken: the "Signing Secret", from "Basic Information".'),
  host: z.string().default('127.0.0.1').describe('Where to wait for Slack’s requests, for HTTP.'),
  port: Port.default(3000).describe('The port to wait at, for HTTP.'),
  path: z
    .string()
    .regex(/^\//, 'a path, which begins with a slash')
    .default('/slack/events')
    .describe(
      'The path of Slack’s requests, for HTTP: the end of the URL given to `holdfast slack manifest`.',
    ),
  apiUrl: z
    .url()
    .default('https://slack.com/api/')
    .describe('Slack’s Web API, such as https://slack-gov.com/api/, or a proxy to it.'),
}).refine(({ appToken, signingSecret }) => (appToken === undefined) !== (signingSecret === undefined), {
  error: 'Give either "appToken", for Socket Mode, or "signingSecret", for HTTP.',
});
export type SlackOptions = z.infer<typeof SlackOptions>;
