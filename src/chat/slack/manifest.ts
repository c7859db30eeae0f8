/** What the app may do, and why it needs to. https://docs.slack.dev/reference/scopes */
const scopes: readonly (readonly [scope: string, why: string])[] = [
  ['commands', 'to be asked with /backup'],
  ['chat:write', 'to answer, and to show how a backup goes on'],
  ['app_mentions:read', 'to be asked in a thread, where no slash command can be used: @Holdfast run shop'],
  ['im:history', 'to be asked in a direct message'],
  ['users:read', 'to tell members from guests, bots and people of other workspaces'],
  ['usergroups:read', 'to let a user group do something: slack:group:S1 under "access"'],
  ['files:write', 'to add a picture to the digest'],
];

const events: readonly (readonly [event: string, why: string])[] = [
  ['app_mention', '@Holdfast run shop'],
  ['message.im', 'run shop, in a direct message'],
  ['app_home_opened', 'to show the state of all apps in the Home tab'],
];

/**
 * The manifest to create the Slack app from, with exactly what it needs: for Socket Mode, or with the `url` that Slack
 * reaches us at. https://docs.slack.dev/reference/app-manifest
 */
export function slackManifest(url?: string): string {
  const address = url === undefined ? [] : [JSON.stringify(url)];
  return `_metadata:
  major_version: 2
display_information:
  name: Holdfast
  description: Backups by chat
features:
  app_home:
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false
  bot_user:
    display_name: Holdfast
    always_online: true
  slash_commands:
    - command: /backup
      description: Backs up your apps, and tells what there is
      usage_hint: run shop, list, status, help
      should_escape: true
${address.map((at) => `      url: ${at}\n`).join('')}oauth_config:
  scopes:
    bot:
${scopes.map(([scope, why]) => `      - ${scope} # ${why}`).join('\n')}
settings:
  event_subscriptions:
${address.map((at) => `    request_url: ${at}\n`).join('')}    bot_events:
${events.map(([event, why]) => `      - ${event} # ${why}`).join('\n')}
  interactivity:
    is_enabled: true
${address.map((at) => `    request_url: ${at}\n`).join('')}  org_deploy_enabled: false
  socket_mode_enabled: ${url === undefined}
  token_rotation_enabled: false
`;
}
