import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface SlowLine {
  /** The address of the server, by the slow line. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A way to a server on which every piece takes so long, there and back. */
export async function startSlowLine(to: string, delayInMs: number): Promise<SlowLine> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) sockets.add(socket);
    pass(near, far, delayInMs);
    pass(far, near, delayInMs);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();

  const url = new URL(to);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: String(url),
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

function pass(from: Socket, to: Socket, delayInMs: number): void {
  const later = (work: () => void) => setTimeout(work, delayInMs);
  from.on('data', (piece) => later(() => to.write(piece)));
  from.on('close', () => later(() => to.destroy()));
  from.on('error', () => from.destroy());
}
