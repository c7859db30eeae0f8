import { createHmac, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { acceptWebSocket, type ServerSocket } from './web-socket.ts';

export type Envelope = 'slash_commands' | 'interactive' | 'events_api';

/** What came back for something that was delivered. */
export interface Acknowledged {
  /** Whether it was acknowledged within the three seconds that Slack waits. */
  readonly ok: boolean;
  readonly ms: number;
  readonly payload: unknown;
  /** Over HTTP. */
  readonly status?: number;
}

/** Where the app takes requests over HTTP. */
export interface HttpTarget {
  readonly url: string;
  readonly signingSecret: string;
}

export interface Deliveries {
  /** Hands something to the app, over HTTP if that was chosen, else over any of its sockets. */
  deliver(type: Envelope, payload: object, options?: { readonly secondsOld?: number }): Promise<Acknowledged>;
  /** From here on over HTTP. */
  useHttp(target: HttpTarget): void;
  readonly sockets: ReadonlySet<ServerSocket>;
  /** Tells every socket that it has to connect anew, as Slack does every few hours. */
  refresh(reason: 'warning' | 'refresh_requested'): void;
  /** Without a word of greeting for the next so many sockets. */
  greetNobody(times: number): void;
  close(): void;
}

const deadlineMs = 3000;

export function openDeliveries(server: Server, changed: () => void): Deliveries {
  const sockets = new Set<ServerSocket>();
  const awaited = new Map<string, (payload: unknown) => void>();
  let http: HttpTarget | undefined;
  let silent = 0;
  let turn = 0;

  server.on('upgrade', (request, duplex) => {
    const socket = acceptWebSocket(request, duplex, {
      onText(text) {
        const { envelope_id, payload } = JSON.parse(text);
        awaited.get(envelope_id)?.(payload);
      },
      onClose() {
        sockets.delete(socket);
        changed();
      },
    });
    if (silent > 0) {
      silent -= 1;
      return;
    }
    sockets.add(socket);
    socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.size, debug_info: {} }));
    changed();
  });

  /** Slack chooses any of the sockets that are open. */
  function anySocket(): ServerSocket | undefined {
    turn += 1;
    return [...sockets][turn % sockets.size];
  }

  async function overSocket(type: Envelope, payload: object): Promise<Acknowledged> {
    const envelope_id = randomUUID();
    const began = performance.now();
    const acknowledged = new Promise<unknown>((resolve) => awaited.set(envelope_id, resolve));
    const accepts_response_payload = type !== 'events_api';
    anySocket()?.send(JSON.stringify({ envelope_id, type, payload, accepts_response_payload }));
    const answer = await Promise.race([acknowledged, afterDeadline()]);
    awaited.delete(envelope_id);
    return { ok: answer !== late, ms: performance.now() - began, payload: answer };
  }

  return {
    sockets,
    deliver: (type, payload, { secondsOld = 0 } = {}) =>
      http === undefined ? overSocket(type, payload) : overHttp(http, type, payload, secondsOld),
    useHttp(target) {
      http = target;
    },
    refresh(reason) {
      for (const socket of sockets)
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: {} }));
    },
    greetNobody(times) {
      silent = times;
    },
    close() {
      for (const socket of sockets) socket.cut();
    },
  };
}

const late = Symbol('too late');

function afterDeadline(): Promise<typeof late> {
  return new Promise((resolve) => setTimeout(() => resolve(late), deadlineMs).unref());
}

async function overHttp(
  { url, signingSecret }: HttpTarget,
  type: Envelope,
  payload: object,
  secondsOld: number,
): Promise<Acknowledged> {
  const { body, contentType } = written(type, payload);
  const began = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType, ...signed(body, signingSecret, secondsOld) },
    body,
  });
  const text = await response.text();
  const ms = performance.now() - began;
  const ok = response.status === 200 && ms <= deadlineMs;
  return { ok, ms, status: response.status, payload: text === '' ? {} : readJson(text) };
}

function written(type: Envelope, payload: object): { body: string; contentType: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const form =
    type === 'interactive'
      ? { payload: JSON.stringify(payload) }
      : Object.fromEntries(Object.entries(payload));
  return { body: new URLSearchParams(form).toString(), contentType: 'application/x-www-form-urlencoded' };
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
function signed(body: string, secret: string, secondsOld: number): Record<string, string> {
  const at = String(Math.floor(Date.now() / 1000) - secondsOld);
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${signature}` };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // Slack takes a plain text as well.
  }
}
