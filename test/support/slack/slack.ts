import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Acknowledged, type Deliveries, type Envelope, openDeliveries } from './deliveries.ts';
import { findAction } from './find-action.ts';
import { methods } from './methods.ts';
import * as payloads from './payloads.ts';
import { openResponseUrls } from './response-urls.ts';
import { openTriggers } from './triggers.ts';
import { type Call, type Fault, type Rate, serveWebApi } from './web-api.ts';
import { type Member, type SlackMessage, type View, type Workspace, workspace } from './workspace.ts';

export interface SlackSetup {
  /** Default: those of Slack for `chat.update`. */
  readonly rates?: Readonly<Record<string, Rate>>;
  /** Scopes that were not granted. */
  readonly without?: readonly string[];
}

/** A Slack of our own on this machine: the workspace T1, its people, and everything an app sees of it. */
export interface LoopbackSlack extends Workspace {
  /** What the configuration takes as `apiUrl`. */
  readonly apiUrl: string;
  readonly tokens: { readonly botToken: string; readonly appToken: string };
  readonly deliveries: Deliveries;
  readonly calls: readonly Call[];
  callsOf(method: string): Call[];
  /** Every `response_url` there is has expired. */
  expireResponseUrls(): void;
  /** Lets the next calls of a method go wrong. */
  breakNext(fault: Fault): void;
  /** `/backup <text>` */
  command(by: string, channel: string, text: string): Promise<Acknowledged>;
  /** `@holdfast <text>` */
  mention(by: string, channel: string, text: string, thread?: string): Promise<Acknowledged>;
  directMessage(by: string, text: string): Promise<Acknowledged>;
  openHome(by: string): Promise<Acknowledged>;
  /** Looks at the conversation with the app, beside its Home tab. */
  openMessages(by: string): Promise<Acknowledged>;
  /** Presses a button or picks an option by its label. */
  press(by: string, on: SlackMessage | View, label: string): Promise<Acknowledged>;
  /** Types into the modal that is open, and submits it. */
  submit(by: string, typed: string): Promise<Acknowledged>;
  /** What was delivered last, once more. */
  again(options?: { readonly secondsOld?: number }): Promise<Acknowledged>;
  /** Delivers anything. */
  deliver(type: Envelope, payload: object): Promise<Acknowledged>;
  /** The first message that is like this, now or later. */
  message(like: (message: SlackMessage) => boolean): Promise<SlackMessage>;
  /** All of them, oldest first. */
  posted(): SlackMessage[];
}

const scopes = [
  'commands',
  'chat:write',
  'files:write',
  'users:read',
  'usergroups:read',
  'app_mentions:read',
  'im:history',
];
const usualRates = { 'chat.update': { calls: 50, inMs: 60_000 } };

export async function startSlack({
  rates = usualRates,
  without = [],
}: SlackSetup = {}): Promise<LoopbackSlack> {
  const world = workspace();
  const triggers = openTriggers();
  const responseUrls = openResponseUrls();
  const tokens = { botToken: 'xoxb-loopback-token', appToken: 'xapp-loopback-token' };
  let url = '';
  const api = await serveWebApi({
    ...{ workspace: world, responseUrls, rates },
    methods: methods({ workspace: world, triggers, url: () => url }),
    tokens: { bot: tokens.botToken, app: tokens.appToken },
    scopes: new Set(scopes.filter((scope) => !without.includes(scope))),
  });
  url = api.url;
  const deliveries = openDeliveries(api.server, world.changed);
  let last: readonly [Envelope, object] | undefined;
  onTestFinished(async () => {
    deliveries.close();
    await api.close();
  });

  const who = (id: string): Member => world.members.get(id) ?? nobody(id);
  const means = (by: string, channel: string) => ({
    triggerId: triggers.issue(by),
    responseUrl: `${url}/response/${responseUrls.issue(channel, by)}`,
  });
  function deliver(type: Envelope, payload: object): Promise<Acknowledged> {
    last = [type, payload];
    return deliveries.deliver(type, payload);
  }
  const inEvent = (body: object) => deliver('events_api', payloads.event(body));

  return {
    ...world,
    apiUrl: `${url}/api/`,
    tokens,
    deliveries,
    calls: api.calls,
    callsOf: (method) => api.calls.filter((call) => call.method === method),
    expireResponseUrls: () => responseUrls.expireAll(),
    breakNext: (fault) => void api.faults.push(fault),
    command: (by, channel, text) =>
      deliver('slash_commands', payloads.slashCommand(who(by), channel, text, means(by, channel))),
    mention: (by, channel, text, thread) =>
      inEvent(payloads.mention(who(by), channel, `<@UBOT> ${text}`, world.nextTs(), thread)),
    directMessage: (by, text) => inEvent(payloads.directMessage(who(by), text, world.nextTs())),
    openHome: (by) => inEvent(payloads.homeOpened(who(by), 'home', world.nextTs())),
    openMessages: (by) => inEvent(payloads.homeOpened(who(by), 'messages', world.nextTs())),
    press(by, on, label) {
      const [blocks, channel] = 'view' in on ? [blocksOf(on), `D${by}`] : [on.blocks, on.channel];
      const pressed = { on, action: findAction(blocks, label) };
      return deliver('interactive', payloads.blockActions(who(by), pressed, means(by, channel)));
    },
    submit(by, typed) {
      const view = [...world.modals.values()].findLast(({ person }) => person === by) ?? nobody(by);
      const payload = payloads.viewSubmission(who(by), view, valuesOf(view, typed), means(by, `D${by}`));
      return deliver('interactive', payload);
    },
    again: (options) => deliveries.deliver(...(last ?? nobody('anybody')), options),
    deliver,
    message: (like) => world.see(() => [...world.messages.values()].find(like)),
    posted: () => [...world.messages.values()],
  };
}

function nobody(id: string): never {
  throw new Error(`There is nothing of ${id} in this Slack.`);
}

function blocksOf({ view }: View): unknown[] {
  return z.array(z.unknown()).parse(view.blocks);
}

const Input = z.object({
  type: z.literal('input'),
  block_id: z.string(),
  element: z.object({ action_id: z.string() }),
});

function valuesOf(view: View, typed: string): object {
  const input = blocksOf(view).find((block) => Input.safeParse(block).success);
  const { block_id, element } = Input.parse(input);
  return { [block_id]: { [element.action_id]: { type: 'plain_text_input', value: typed } } };
}
