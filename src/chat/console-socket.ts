import { mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { dirname, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Who } from '../domain/who.ts';
import type { ConsolePlatform, Frame } from './console.ts';
import { PlatformError } from './platform.ts';

/** What a visitor sends, one JSON line: who speaks, and the words. */
const Visit = z.strictObject({ who: Who, words: z.string() });
type Visit = z.infer<typeof Visit>;

/** What it gets back, a JSON line each: frames, and at last that everything was said. */
type Reply = { readonly frame: Frame } | { readonly done: true };

/**
 * Lets other processes of the same user talk to this console through a socket file that only they may open (0600).
 * @throws {PlatformError} when the socket cannot be made.
 */
export async function serveConsole(
  consoleChat: ConsolePlatform,
  path: string,
): Promise<{ close(): Promise<void> }> {
  if (isTooLong(path)) throw new PlatformError(tooLong(path));
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rm(path, { force: true }); // Left by a process that was killed; a living one holds the queue's lock before it comes here.
  const visitors = new Set<Socket>();
  const server = createServer((socket) => {
    visitors.add(socket);
    socket.once('close', () => visitors.delete(socket));
    attend(socket, consoleChat);
  });

  await new Promise<void>((listening, failed) => {
    server.once('error', (cause) =>
      failed(new PlatformError(`The console could not listen at ${path}: ${cause.message}.`, { cause })),
    );
    const umask = process.umask(0o177); // The socket file must never be open to others, not even for a moment.
    server.listen(shortest(path), listening);
    process.umask(umask);
  });
  return {
    async close() {
      for (const socket of visitors) socket.destroy();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

function attend(socket: Socket, consoleChat: ConsolePlatform): void {
  const send = (reply: Reply) => void (socket.writable && socket.write(`${JSON.stringify(reply)}\n`));
  socket.on('error', () => socket.destroy()); // The visitor went away; its session ends with 'close'.

  createInterface({ input: socket }).once('line', async (line) => {
    const visit = readVisit(line);
    if (visit === undefined) return void socket.destroy();

    const { who, words } = visit;
    const session = consoleChat.open(who, (frame) => send({ frame }));
    socket.once('close', () => session.leave());
    await session.say(words);
    send({ done: true });
    socket.end();
  });
}

function readVisit(line: string): Visit | undefined {
  try {
    return Visit.parse(JSON.parse(line));
  } catch {
    return undefined; // Not one of us: nothing to answer.
  }
}

/**
 * Says `words` to the console that listens at `path`; false when nobody does.
 * @throws {PlatformError} when the other side goes away before it is done.
 */
export async function visitConsole(
  path: string,
  visit: Visit,
  show: (frame: Frame) => void,
): Promise<boolean> {
  const socket = isTooLong(path) ? undefined : await reach(path);
  if (socket === undefined) return false;

  socket.write(`${JSON.stringify(visit)}\n`);
  for await (const line of createInterface({ input: socket })) {
    const reply = JSON.parse(line) as Reply;
    if ('done' in reply) return true;
    show(reply.frame);
  }
  throw new PlatformError(
    'Holdfast stopped before it could answer; what was queued is kept and goes on when it starts again.',
  );
}

function reach(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(shortest(path));
    socket.once('connect', () => resolve(socket));
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT' || cause.code === 'ECONNREFUSED') return resolve(undefined);
      return reject(
        new PlatformError(`The console at ${path} could not be reached: ${cause.message}.`, { cause }),
      );
    });
  });
}

/** How many bytes the name of a socket may have: `sun_path` is 108 on Linux, 104 on macOS, with its end. unix(7) */
const longestName = 103;

/** What is longer would be cut, and lie elsewhere. */
function isTooLong(path: string): boolean {
  return Buffer.byteLength(shortest(path)) > longestName;
}

function tooLong(path: string): string {
  return `The console cannot listen at ${path}: the name of a socket has ${longestName} bytes at most. Give queue.folder a shorter path.`;
}

function shortest(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
