import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { badRequest, Refusal } from './refusal.ts';

export interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

interface Webhook {
  readonly url: string;
  readonly secret_token?: string;
}

/** What waits to be fetched or brought, in order, and who fetches it. */
export function updateQueue(deliverTo: (url: string) => string) {
  let nextId = 1000;
  let waiting: Update[] = [];
  let allowed: readonly string[] | undefined;
  let poller: { wake(): void; end(refusal: Refusal): void } | undefined;
  let webhook: Webhook | undefined;
  let pushing: Promise<void> | undefined;
  /** The status of every delivery to the webhook. */
  const delivered: number[] = [];

  function add(update: Update): void {
    waiting = [...waiting, update];
    poller?.wake();
    if (webhook) pushing ??= pushAll().finally(() => (pushing = undefined));
  }

  /** One after another, and again what was not taken. */
  async function pushAll(): Promise<void> {
    for (let [update] = waiting; update !== undefined && webhook !== undefined; [update] = waiting) {
      const status = await push(update, webhook);
      delivered.push(status);
      if (status === 200) waiting = waiting.slice(1);
      else await new Promise((later) => setTimeout(later, 50));
    }
  }

  async function push(update: Update, { url, secret_token }: Webhook): Promise<number> {
    try {
      const headers = { ...(secret_token && { 'x-telegram-bot-api-secret-token': secret_token }) };
      const request = { method: 'POST', headers, body: JSON.stringify(update) };
      return (await fetch(deliverTo(url), request)).status;
    } catch {
      return 0; // Nobody listens there.
    }
  }

  return {
    delivered,
    add(kind: string, content: object): Update {
      const update = { update_id: nextId++, [kind]: content };
      if (allowed === undefined || allowed.includes(kind)) add(update);
      return update;
    },
    /** The same once more, as when its taker died before it said so. */
    again: add,
    /** What nobody confirmed yet. */
    waiting: () => waiting,
    get webhook() {
      return webhook;
    },
    setWebhook({ url, secret_token, allowed_updates }: { [key: string]: unknown }): true {
      if (!/^https:\/\/[^/:]+(:(443|80|88|8443))?(\/|$)/.test(String(url)))
        throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
      webhook = { url: String(url), ...(typeof secret_token === 'string' && { secret_token }) };
      allow(allowed_updates);
      if (waiting.length > 0) pushing ??= pushAll().finally(() => (pushing = undefined));
      return true;
    },
    deleteWebhook(): true {
      webhook = undefined;
      return true;
    },
    /** A real long poll: answers when there is something, or when its time is over. */
    async get(asked: { [key: string]: unknown }, response: ServerResponse): Promise<Update[]> {
      if (webhook !== undefined) throw new Refusal(409, webhookIsActive);
      poller?.end(new Refusal(409, anotherPolls));
      allow(asked.allowed_updates);
      const offset = Number(asked.offset ?? 0);
      waiting = waiting.filter(({ update_id }) => update_id >= offset);
      if (waiting.length === 0 && asked.timeout) await untilSomething(Number(asked.timeout), response);
      return waiting.slice(0, Number(asked.limit ?? 100));
    },
  };

  function allow(kinds: unknown): void {
    if (Array.isArray(kinds)) allowed = kinds.map(String);
  }

  async function untilSomething(seconds: number, response: ServerResponse): Promise<void> {
    const over = AbortSignal.timeout(Math.min(50, seconds) * 1000);
    const mine = await new Promise<Refusal | undefined>((resolve) => {
      poller = { wake: () => resolve(undefined), end: resolve };
      over.addEventListener('abort', () => resolve(undefined));
      void once(response, 'close').then(() => resolve(undefined));
    });
    if (mine !== undefined) throw mine;
    poller = undefined;
  }
}

const webhookIsActive =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const anotherPolls =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
