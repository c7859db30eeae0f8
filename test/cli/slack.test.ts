import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { slackManifest } from '../../src/chat/slack/manifest.ts';
import { scopeOf } from '../support/slack/methods.ts';

/** As Slack takes it: https://docs.slack.dev/reference/app-manifest */
const Manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2) }),
  display_information: z.strictObject({ name: z.string().max(35), description: z.string().max(140) }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    slash_commands: z.tuple([
      z.strictObject({
        command: z.string().regex(/^\/[a-z]{1,31}$/),
        description: z.string().max(2000),
        usage_hint: z.string().max(1000),
        should_escape: z.boolean(),
        url: z.url().optional(),
      }),
    ]),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: z.url().optional(), bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: z.url().optional() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

describe('the manifest of the Slack app', () => {
  it('asks for what the methods and events need that are used, and for nothing more', () => {
    const { oauth_config, settings } = Manifest.parse(parse(slackManifest()));

    const needed = ['commands', 'app_mentions:read', 'im:history', ...Object.values(scopeOf)];
    expect(oauth_config.scopes.bot.toSorted()).toEqual([...new Set(needed)].toSorted());
    expect(settings.event_subscriptions.bot_events).toEqual(['app_mention', 'message.im', 'app_home_opened']);
  });

  it('says beside each scope why', () => {
    const scopes = slackManifest().match(/^ {6}- .*$/gm) ?? [];

    expect(scopes.length).toBeGreaterThan(5);
    for (const line of scopes) expect(line).toMatch(/^ {6}- [a-z_:.]+ # .{10,}/);
  });

  it('has no address for Socket Mode, and one everywhere for HTTP', () => {
    const url = 'https://backups.example.org/slack/events';

    const socket = Manifest.parse(parse(slackManifest()));
    const http = Manifest.parse(parse(slackManifest(url)));

    expect(socket.settings.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(socket)).not.toContain('url');
    expect(http.settings).toMatchObject({
      socket_mode_enabled: false,
      interactivity: { request_url: url },
      event_subscriptions: { request_url: url },
    });
    expect(http.features.slash_commands[0].url).toBe(url);
  });
});
