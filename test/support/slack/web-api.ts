import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ZodError } from 'zod';
import { keep, type Params, scopeOf } from './methods.ts';
import { Refusal } from './refusal.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Workspace } from './workspace.ts';

export interface Call {
  readonly method: string;
  readonly params: Params;
  readonly token: string | undefined;
  readonly at: number;
  /** What it was answered: `ok`, Slack's word for what was wrong, or a status. */
  readonly answer: string;
}

/** What goes wrong with the next calls of a method. */
export interface Fault {
  readonly method: string;
  readonly times: number;
  /** `after`: it is done, but the answer is lost. */
  readonly done?: 'after';
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly delayMs?: number;
  readonly cut?: boolean;
}

/** Calls of a method within a span that Slack takes before it answers 429. */
export interface Rate {
  readonly calls: number;
  readonly inMs: number;
}

interface WebApiTools {
  readonly methods: Readonly<Record<string, (params: Params) => object>>;
  readonly workspace: Workspace;
  readonly responseUrls: ResponseUrls;
  readonly tokens: { readonly bot: string; readonly app: string };
  readonly scopes: Set<string>;
  readonly rates: Readonly<Record<string, Rate>>;
}

export interface WebApi {
  readonly server: Server;
  readonly url: string;
  readonly calls: Call[];
  readonly faults: Fault[];
  close(): Promise<void>;
}

/** Slack's Web API on a port of this machine: tokens, scopes, rates, and whatever a test wants to go wrong. */
export async function serveWebApi(tools: WebApiTools): Promise<WebApi> {
  const calls: Call[] = [];
  const faults: Fault[] = [];
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const [, kind, name = ''] = (request.url ?? '').split('/');
    if (kind === 'response') return respond(response, name, body);
    if (kind === 'upload') return upload(response, name, body);
    await call(request, response, name, body);
  }

  async function call(request: IncomingMessage, response: ServerResponse, method: string, body: Buffer) {
    const params = readParams(body);
    const token = request.headers.authorization?.replace('Bearer ', '');
    const at = Date.now();
    const note = (answer: string) => void calls.push({ method, params, token, at, answer });
    const fault = takeFault(faults, method);

    if (fault && fault.done === undefined) return fail(fault, response, note);
    if (isTooMuch(method, at)) return tooMuch(response, method, note);
    const result = attempt(method, params, token);
    if (fault) return fail(fault, response, note);
    note('error' in result ? String(result.error) : 'ok');
    send(response, 200, result);
  }

  function attempt(method: string, params: Params, token: string | undefined): Record<string, unknown> {
    try {
      mayCall(method, token, tools);
      const act = tools.methods[method];
      if (act === undefined) return { ok: false, error: 'unknown_method' };
      return { ok: true, ...act(params) };
    } catch (thrown) {
      if (thrown instanceof Refusal) return { ok: false, error: thrown.message };
      if (thrown instanceof ZodError) return { ok: false, error: `invalid_arguments: ${thrown.message}` };
      throw thrown;
    }
  }

  function isTooMuch(method: string, now: number): boolean {
    const rate = tools.rates[method];
    if (rate === undefined) return false;
    const taken = calls.filter(
      (call) => call.method === method && call.answer !== '429' && call.at > now - rate.inMs,
    );
    return taken.length >= rate.calls;
  }

  function tooMuch(response: ServerResponse, method: string, note: (answer: string) => void): void {
    note('429');
    const seconds = Math.ceil((tools.rates[method]?.inMs ?? 0) / 1000);
    send(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) });
  }

  function respond(response: ServerResponse, name: string, body: Buffer): void {
    const place = tools.responseUrls.use(name);
    if (typeof place === 'string') return void response.writeHead(404).end(place);
    try {
      const { text, blocks = [] } = JSON.parse(body.toString('utf8'));
      keep(tools.workspace, { channel: place.channel, text, blocks }, place.person);
      response.writeHead(200).end('ok');
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      response.writeHead(400).end(thrown.message);
    }
  }

  function upload(response: ServerResponse, id: string, body: Buffer): void {
    const file = tools.workspace.files.get(id);
    const fault = takeFault(faults, 'upload');
    if (file === undefined || fault) return void response.writeHead(fault?.status ?? 404).end('no');
    tools.workspace.files.set(id, { ...file, bytes: body });
    response.writeHead(200).end(`OK - ${body.length}`);
  }

  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // A server on a port has such an address.
    calls,
    faults,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const jsonParams = ['blocks', 'view', 'files', 'metadata'];

/** A form, in which what is more than a text is JSON. */
function readParams(body: Buffer): Params {
  const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  return Object.fromEntries(
    Object.entries(form).map(([key, text]) => [key, jsonParams.includes(key) ? JSON.parse(text) : text]),
  );
}

function mayCall(method: string, token: string | undefined, { tokens, scopes }: WebApiTools): void {
  const wanted = method === 'apps.connections.open' ? tokens.app : tokens.bot;
  if (token !== wanted) throw new Refusal(token === undefined ? 'not_authed' : 'invalid_auth');
  const scope = scopeOf[method];
  if (scope !== undefined && !scopes.has(scope)) throw new Refusal('missing_scope');
}

function takeFault(faults: Fault[], method: string): Fault | undefined {
  const at = faults.findIndex((fault) => fault.method === method && fault.times > 0);
  const fault = faults[at];
  if (fault === undefined) return undefined;
  if (fault.times === 1) faults.splice(at, 1);
  else faults[at] = { ...fault, times: fault.times - 1 };
  return fault;
}

async function fail(
  { status = 200, headers = {}, body = '{"ok":false,"error":"internal_error"}', delayMs = 0, cut }: Fault,
  response: ServerResponse,
  note: (answer: string) => void,
): Promise<void> {
  note(cut ? 'cut' : String(status));
  await pause(delayMs);
  if (cut) return void response.destroy();
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

function send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
