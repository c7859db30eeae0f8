import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Exposition } from './metrics.ts';
import type { HttpOptions } from './options.ts';
import { sendsToken } from './token.ts';

interface Served {
  /** Rejects while the work cannot be done. */
  ready(): Promise<unknown>;
  metrics(): Promise<Exposition>;
  /** For the operator; who asks is told less. */
  warn(sentence: string): void;
}

interface Reply extends Exposition {
  readonly status: number;
}

/**
 * Tells machines how this process is: `/healthz` that it lives, `/readyz` whether it can work, `/metrics` in numbers, for
 * Prometheus. Nothing else is there, and nothing can be changed.
 * @throws with a sentence when it cannot listen.
 */
export async function serveHttp(options: HttpOptions, served: Served): Promise<{ close(): Promise<void> }> {
  const routes = new Map<string, (request: IncomingMessage) => Promise<Reply>>([
    ['/healthz', async () => plain(200, 'It lives.')],
    ['/readyz', () => readiness(served)],
    ['/metrics', (request) => metrics(request, options, served)],
  ]);
  const server = createServer(
    { requestTimeout: 10_000, keepAliveTimeout: 5_000 },
    async (request, response) => send(response, await replyTo(request, routes)),
  );
  server.maxConnections = 100;

  await listening(server, options);
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function replyTo(
  request: IncomingMessage,
  routes: ReadonlyMap<string, (request: IncomingMessage) => Promise<Reply>>,
): Promise<Reply> {
  const route = routes.get(request.url?.split('?')[0] ?? '');
  if (route === undefined) return plain(404, 'There are /healthz, /readyz and /metrics.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Ask with GET.');
  return route(request);
}

/** The log names the server; whoever asks here need not know its address. */
async function readiness({ ready }: Served): Promise<Reply> {
  try {
    await ready();
    return plain(200, 'It is ready.');
  } catch {
    return plain(
      503,
      'The queue does not answer, or takes no work: nothing is done or reported until it does. The log says more.',
    );
  }
}

async function metrics(request: IncomingMessage, { token }: HttpOptions, served: Served): Promise<Reply> {
  if (token !== undefined && !sendsToken(request, token))
    return plain(401, 'The metrics need a token: send "Authorization: Bearer …".');
  try {
    return { status: 200, ...(await served.metrics()) };
  } catch (thrown) {
    served.warn(`The metrics could not be told: ${thrown instanceof Error ? thrown.message : thrown}`);
    return plain(500, 'The metrics could not be told. The log says why.');
  }
}

function plain(status: number, sentence: string): Reply {
  return { status, type: 'text/plain; charset=utf-8', text: `${sentence}\n` };
}

function send(response: ServerResponse, { status, type, text }: Reply): void {
  const headers = { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  response
    .writeHead(status, {
      ...headers,
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(status === 405 && { allow: 'GET, HEAD' }),
    })
    .end(text);
}

async function listening(server: Server, { host, port }: HttpOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'another program waits there already' : cause.message;
      reject(
        new Error(
          `Could not serve health and metrics at ${host}:${port}: ${why}. Change http in holdfast.yml.`,
          {
            cause,
          },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}
