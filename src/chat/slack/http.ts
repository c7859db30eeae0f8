import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type App, HTTPReceiver } from '@slack/bolt';
import { PlatformError } from '../platform.ts';
import type { ChatLog } from '../tools.ts';
import { boltLogger } from './clients.ts';

interface HttpOptions {
  readonly signingSecret: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** How far a clock may be off, in seconds; Bolt holds only the past to it. */
const farthestAhead = 5 * 60;

/** Takes Slack's requests over HTTP, signed and of now. @throws {PlatformError} when it cannot listen. */
export async function listenOverHttp(
  app: App,
  { signingSecret, host, port, path }: HttpOptions,
  log: ChatLog,
): Promise<{ close(): Promise<void> }> {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: path, logger: boltLogger(log) });
  receiver.init(app);
  const server = createServer((request, response) => {
    if (pathOf(request) !== path || request.method !== 'POST') return void response.writeHead(404).end();
    if (isFromTheFuture(request)) return void response.writeHead(401).end();
    return receiver.requestListener(request, response);
  });

  await listening(server, host, port);
  log.info(`Slack is awaited at http://${host}:${port}${path}.`);
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
    },
  };
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}

/** A request kept for later must not work then. https://docs.slack.dev/authentication/verifying-requests-from-slack */
function isFromTheFuture({ headers }: IncomingMessage): boolean {
  return Number(headers['x-slack-request-timestamp']) > Date.now() / 1000 + farthestAhead;
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new PlatformError(`Could not wait for Slack at ${host}:${port}: ${cause.message}.`, { cause })),
    );
    server.listen(port, host, resolve);
  });
}
