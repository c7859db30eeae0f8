import { EventEmitter, on } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { freePort } from './services/port.ts';

export interface PingServer {
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** Settles when so many were asked for. */
  askedFor(count: number): Promise<readonly string[]>;
}

/** What a ping server answers with, one after another and the last again and again. */
export type Behaviour = number | 'hang';

/** A server that is pinged, on this machine, until the test ends. */
export async function startPingServer(...behaviours: readonly Behaviour[]): Promise<PingServer> {
  const port = await freePort();
  const asked: string[] = [];
  const events = new EventEmitter();
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const behaviour = behaviours[Math.min(asked.length, behaviours.length) - 1] ?? 200;
    if (behaviour !== 'hang') response.writeHead(behaviour).end('OK');
    events.emit('asked');
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });

  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async askedFor(count) {
      const more = on(events, 'asked');
      while (asked.length < count) await more.next();
      return asked;
    },
  };
}
