import { App, type Receiver } from '@slack/bolt';
import { boltLogger, type CallTools, clientOptions } from './clients.ts';
import { fromCommand, fromHome, fromMessage, type Heard, isByApp } from './heard.ts';
import { type Confirming, fromPress, fromSubmission, type Pressed } from './pressed.ts';
import { typedInto } from './render/views.ts';

/** What is done with what people say, once Slack knows that it arrived. None throws. */
export interface Listeners {
  hear(heard: Heard): void;
  /** A button whose consequence cannot be undone: something has to be typed first. */
  askToType(pressed: Confirming): void;
  /** Words that an app posted in the name of somebody. */
  byApp(heard: Heard): void;
  /** A button that is none of this version's. */
  unknownButton(pressed: Pressed): void;
}

interface BoltTools extends CallTools {
  readonly token: string;
  readonly apiUrl: string;
}

/**
 * Bolt's app: sorts what arrives, and acknowledges it before anything is looked up, since Slack waits three seconds.
 * With `authorize` of our own it asks Slack nothing to do so. https://docs.slack.dev/tools/bolt-js/
 */
export function openBolt({ token, apiUrl, ...tools }: BoltTools, listeners: Listeners): App {
  const { log } = tools;
  const app = new App({
    receiver: nowhere,
    authorize: async () => ({ botToken: token }),
    clientOptions: clientOptions(apiUrl, tools),
    logger: boltLogger(log),
    convoStore: false,
    ignoreSelf: false, // It needs to know our ids, which only Slack's API could tell; see `isFromPerson`.
  });

  app.command(/^\//, async ({ command, ack }) => {
    await ack();
    listeners.hear(fromCommand(command));
  });
  app.event('app_mention', async ({ body, event }) => {
    if (!isByApp(event)) listeners.hear(fromMessage(body));
    else if (event.user !== undefined) listeners.byApp(fromMessage(body));
  });
  app.event('message', async ({ body, event }) => {
    if (isFromPerson(event)) listeners.hear(fromMessage(body));
  });
  app.event('app_home_opened', async ({ body }) => {
    const heard = fromHome(body);
    if (heard !== undefined) listeners.hear(heard);
  });
  app.action(/.*/, async ({ body, ack }) => {
    await ack();
    takePress(fromPress(body), listeners);
  });
  app.view({ callback_id: typedInto.callback, type: 'view_submission' }, async ({ body, ack }) => {
    const { isRight, typed, ...heard } = fromSubmission(body);
    if (!isRight)
      return ack({ response_action: 'errors', errors: { [typedInto.block]: `Type ${typed} to go on.` } });
    await ack();
    listeners.hear(heard);
  });
  app.error(async (error) => log.warn(`Something of Slack could not be read: ${error.message}`));
  return app;
}

/** Bolt wants one to begin with; ours are made and thrown away as connections come and go. */
const nowhere: Receiver = { init: () => {}, start: async () => {}, stop: async () => {} };

function takePress(pressed: Pressed, listeners: Listeners): void {
  const { words, confirm } = pressed;
  if (words === '') listeners.unknownButton(pressed);
  else if (confirm === undefined) listeners.hear(pressed);
  else listeners.askToType({ ...pressed, confirm });
}

/** Of a conversation of two, in which our own messages are told us, too; not of edits and deletions. */
function isFromPerson(event: { channel_type?: string; subtype?: string | undefined }): boolean {
  return event.channel_type === 'im' && event.subtype === undefined && !isByApp(event);
}
