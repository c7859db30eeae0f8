import { EventEmitter, on } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Chat, chatBook, type Member, type Person } from './chats.ts';
import { type FloodLimits, floodControl, floodLimits } from './flood.ts';
import { messageBook, type SentMessage } from './messages.ts';
import { badRequest, Refusal } from './refusal.ts';
import { updateQueue } from './updates.ts';

/** One call the bot made. */
export interface Call {
  readonly method: string;
  readonly asked: { readonly [key: string]: unknown };
  readonly at: number;
  /** 200, or how it was refused; 0 while it is not answered yet. */
  status: number;
}

/** Something that goes wrong with the next calls of a method. */
export interface Fault {
  readonly method: string;
  readonly times: number;
  readonly code: number;
  readonly description?: string;
  readonly parameters?: Refusal['parameters'];
  /** Answers only after so long. */
  readonly delayMs?: number;
  /** The call is carried out all the same. */
  readonly afterwards?: boolean;
}

export interface Setup {
  readonly limits?: FloodLimits;
  /** Where the webhook of a public address really listens. */
  readonly deliverTo?: (url: string) => string;
  /** How long a press may go unanswered. */
  readonly pressLastsMs?: number;
}

const token = '4242:a-token-of-the-tests';
export const botPerson: Person = { id: 4242, is_bot: true, first_name: 'Holdfast', username: 'holdfast_bot' };

export type BotApi = Awaited<ReturnType<typeof startBotApi>>;

/**
 * A Bot API on this machine alone, as strict as the real one: https://core.telegram.org/bots/api. It knows chats and keeps
 * what the bot posts; `people.ts` has those who talk to it.
 */
export async function startBotApi({
  limits = floodLimits(),
  deliverTo = (url) => url,
  pressLastsMs = 15_000,
}: Setup = {}) {
  const calls: Call[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  const changes = new EventEmitter();
  changes.setMaxListeners(0);
  const flood = floodControl(limits);
  const chats = chatBook();
  const updates = updateQueue(deliverTo);
  let lastId = 0;
  const nextId = () => ++lastId;
  const messages = messageBook(nextId);
  const presses = new Map<string, { at: number; answer(text: string, alert: boolean): void }>();
  const lastPoster = new Map<number, number>();
  let tokenIsGood = true;

  const server = createServer(async (request, response) => {
    const [, given, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const asked = await bodyOf(request);
    const call = { method, asked, at: Date.now(), status: 0 };
    calls.push(call);
    changes.emit('call');
    call.status = await respond(response, async () => {
      if (given !== token || !tokenIsGood) throw new Refusal(401, 'Unauthorized');
      return carryOut(method, asked, response);
    });
  });

  async function carryOut(method: string, asked: Call['asked'], response: ServerResponse): Promise<unknown> {
    const fault = takeFault(method);
    if (fault?.delayMs) await new Promise((later) => setTimeout(later, fault.delayMs));
    if (fault?.afterwards) await answer(method, asked, response);
    if (fault) throw new Refusal(fault.code, fault.description ?? 'It does not work', fault.parameters);
    return answer(method, asked, response);
  }

  function takeFault(method: string): Fault | undefined {
    const found = faults.find(({ fault, left }) => fault.method === method && left > 0);
    if (found) found.left--;
    return found?.fault;
  }

  async function answer(method: string, asked: Call['asked'], response: ServerResponse): Promise<unknown> {
    switch (method) {
      case 'getMe':
        return { ...botPerson, can_join_groups: true, can_read_all_group_messages: false };
      case 'getUpdates':
        return updates.get(asked, response);
      case 'setWebhook':
        return updates.setWebhook(asked);
      case 'deleteWebhook':
        return updates.deleteWebhook();
      case 'setMyCommands':
        return commandsAreGood(asked);
      case 'getChatAdministrators':
        return chats.administrators(chats.readable(Number(asked.chat_id)).id);
      case 'sendMessage':
      case 'sendPhoto':
        return post(asked);
      case 'editMessageText':
        return edit(asked, 'text');
      case 'editMessageReplyMarkup':
        return edit(asked, 'markup');
      case 'answerCallbackQuery':
        return answerPress(asked);
      default:
        throw new Refusal(404, 'Not Found: method not found');
    }
  }

  function post(asked: Call['asked']): object {
    const { chat_id, message_thread_id: thread } = asked;
    const chat = chats.writable(Number(chat_id), thread === undefined ? undefined : Number(thread));
    flood.take(chat.id);
    const sent = messages.send(chat, asked);
    lastPoster.set(chat.id, botPerson.id);
    changes.emit('message', sent);
    return { message_id: sent.id, date: seconds(Date.now()), chat, text: sent.text, from: botPerson };
  }

  function edit(asked: Call['asked'], part: 'text' | 'markup'): object {
    const chat = chats.writable(Number(asked.chat_id));
    flood.take(chat.id);
    const edited = messages.edit(chat, asked, part);
    changes.emit('message', edited);
    return { message_id: edited.id, date: seconds(Date.now()), chat, text: edited.text, from: botPerson };
  }

  function answerPress({ callback_query_id: id, text = '', show_alert: alert = false }: Call['asked']): true {
    const press = presses.get(String(id));
    presses.delete(String(id));
    if (press === undefined || Date.now() - press.at > pressLastsMs)
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    if (String(text).length > 200) throw badRequest('MESSAGE_TOO_LONG');
    press.answer(String(text), alert === true);
    return true;
  }

  const root = await listen(server);
  return {
    /** What `apiRoot` is to be. */
    root,
    token,
    calls,
    chats,
    messages,
    updates,
    nextId,
    /** Who wrote last in each chat, for what the privacy mode lets through. */
    lastPoster,
    presses,
    break: (fault: Fault) => void faults.push({ fault, left: fault.times }),
    revokeToken(): void {
      tokenIsGood = false;
    },
    callsOf: (method: string) => calls.filter((call) => call.method === method),
    addGroup(id: number, members: readonly Member[] = [], more: Partial<Chat> = {}): Chat {
      return chats.add({ id, type: 'supergroup', title: `group ${id}`, ...more }, members);
    },
    /** The first message in a form that is like this, now or later. */
    async see(like: (message: SentMessage) => boolean): Promise<SentMessage> {
      const coming = on(changes, 'message');
      const before = messages.all().find(like);
      if (before !== undefined) return before;
      for await (const [message] of coming) if (like(message)) return message;
      throw new Error('A server is never at its end.');
    },
    /** Resolves once a method was called so often. */
    async called(method: string, times = 1): Promise<void> {
      const coming = on(changes, 'call');
      const enough = () => calls.filter((call) => call.method === method).length >= times;
      if (enough()) return;
      for await (const _ of coming) if (enough()) return;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

export type { Chat, Member, Person, SentMessage };

export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** https://core.telegram.org/bots/api#setmycommands */
function commandsAreGood({ commands }: Call['asked']): true {
  const list = Array.isArray(commands) ? commands : [];
  if (list.length > 100) throw badRequest('too many bot commands');
  for (const { command, description } of list) {
    if (!/^[a-z0-9_]{1,32}$/.test(String(command))) throw badRequest('BOT_COMMAND_INVALID');
    const length = String(description).length;
    if (length < 1 || length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  }
  return true;
}

async function respond(response: ServerResponse, answer: () => Promise<unknown>): Promise<number> {
  try {
    const result = await answer();
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, result }));
    return 200;
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const { code, message, parameters } = thrown;
    const no = { ok: false, error_code: code, description: message, ...(parameters && { parameters }) };
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(no));
    return code;
  }
}

/** JSON, or the form that a file is uploaded with. */
async function bodyOf(request: IncomingMessage): Promise<Call['asked']> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return JSON.parse(body.toString() || '{}');
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  return Object.fromEntries(form);
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // A server that listens on a port has this.
}
