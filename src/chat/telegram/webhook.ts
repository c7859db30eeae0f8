import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { PlatformError } from '../platform.ts';
import type { WebhookOptions } from './options.ts';

export interface Webhook {
  close(): Promise<void>;
}

/** An update has a few kilobytes; whoever sends more is not Telegram. */
const longestBodyInBytes = 1024 * 1024;

/**
 * Listens for updates. Whoever does not know the secret is answered 403 and nothing else. An update is answered 200 once
 * `take` has it safely; when `take` rejects it is answered 500, and Telegram brings it again.
 * @throws {PlatformError} when it cannot listen.
 */
export async function listenForUpdates(
  { url, secretToken, host, port, path = new URL(url).pathname }: WebhookOptions,
  take: (update: unknown) => Promise<void>,
): Promise<Webhook> {
  const server = createServer(async (request, response) => {
    if (!isFromTelegram(request, path, secretToken)) return end(response, 403);
    const update = await readBody(request);
    if (update === undefined) return end(response, 400);
    try {
      await take(update);
      end(response, 200);
    } catch {
      end(response, 500); // Whoever takes updates says itself what is wrong.
    }
  });
  server.requestTimeout = 10_000;

  await listen(server, host, port);
  return {
    async close() {
      await new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 1000).unref();
      });
    },
  };
}

function isFromTelegram({ method, url, headers }: IncomingMessage, path: string, secret: string): boolean {
  const given = headers['x-telegram-bot-api-secret-token'];
  return method === 'POST' && url === path && typeof given === 'string' && isSame(given, secret);
}

/** Takes as long whatever is wrong with it, so that nobody learns the secret letter by letter. */
function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: status === 200 ? 'keep-alive' : 'close' }).end();
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of request) {
      length += chunk.length;
      if (length > longestBodyInBytes) return undefined;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined; // Cut off, or no JSON: not Telegram's.
  }
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((listening, failed) => {
    server.once('error', (cause) => {
      const sentence = `Holdfast could not listen for Telegram at ${host}:${port}: ${cause.message}. Change chat.telegram.webhook.`;
      failed(new PlatformError(sentence, { cause }));
    });
    server.listen(port, host, listening);
  });
}
