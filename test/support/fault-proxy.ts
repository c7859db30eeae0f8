import { EventEmitter, once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
  type ServerResponse,
} from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';
import { complaintAbout } from './strictness.ts';

/** What may go wrong between us and a store. */
export type Fault =
  /** Answered a while later than it could be. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection breaks once so much of the request's body has passed; with 0 at once. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** Not the store answers, but somebody in front of it. */
  | { readonly kind: 'answer'; readonly status: number; readonly code: string; readonly message?: string }
  /** The answer's body ends early. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** The answer never ends. */
  | { readonly kind: 'endless' }
  /** Nothing but this comes, with status 200 unless another is given. */
  | { readonly kind: 'body'; readonly type: string; readonly text: string; readonly status?: number }
  /** The answer does not say how long it is. */
  | { readonly kind: 'no length' }
  /** One bit in the first byte of a body changes on its way: of what is sent, or of what is answered. */
  | { readonly kind: 'flip'; readonly of: 'request' | 'answer' }
  /** The store does what it is asked, and the connection breaks before it can say so. */
  | { readonly kind: 'lose answer' }
  /** Nothing comes back, ever. */
  | { readonly kind: 'hang' };

export interface FaultProxy {
  readonly url: string;
  /** What was asked since the proxy was made or healed, such as `UploadPart`. */
  readonly asked: readonly Operation[];
  /** Settles when this is asked the next time. */
  next(operation: Operation): Promise<void>;
  /** From now on these requests meet the fault, so many times. */
  break(operation: Operation, fault: Fault, times?: number): void;
  /** From now on these many parts of an upload are taken, and those after them meet the fault. */
  refusePartsAfter(most: number, fault: Fault): void;
  /** As if nothing had ever been wrong, or asked. */
  heal(): void;
  /** From now on refuses what stores that know only the S3 of old refuse; see {@link complaintAbout}. */
  beStrict(): void;
  stop(): Promise<void>;
}

interface Broken {
  readonly operation: Operation;
  readonly fault: Fault;
  times: number;
}

/** An HTTP proxy in front of an S3 store that passes everything on as it is, but for what is broken on purpose. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const asked: Operation[] = [];
  const broken: Broken[] = [];
  let isStrict = false;
  let parts: { readonly most: number; readonly fault: Fault } | undefined;
  const isTooMany = ({ url = '' }: IncomingMessage) =>
    parts !== undefined && Number(new URL(url, target).searchParams.get('partNumber')) > parts.most;
  const questions = new EventEmitter();
  const { hostname, port } = new URL(target);

  const server = createServer((incoming, answer) => {
    const { socket } = incoming; // It is not there any more once the request is destroyed.
    const operation = operationOf(incoming);
    asked.push(operation);
    questions.emit(operation);
    const complaint = isStrict ? complaintAbout(incoming) : undefined;
    if (complaint) return void refuse(incoming, answer, complaint).catch(() => socket.destroy());
    const found = broken.find((one) => one.operation === operation && one.times > 0);
    if (found) found.times -= 1;
    meet(found?.fault ?? (isTooMany(incoming) ? parts?.fault : undefined), incoming, answer, {
      hostname,
      port,
    }).catch(() => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const ownPort = typeof address === 'object' ? address?.port : undefined;

  return {
    url: `http://127.0.0.1:${ownPort}`,
    asked,
    async next(operation) {
      await once(questions, operation);
    },
    break: (operation, fault, times = Number.POSITIVE_INFINITY) => broken.push({ operation, fault, times }),
    refusePartsAfter(most, fault) {
      parts = { most, fault };
    },
    heal() {
      parts = undefined;
      broken.length = 0;
      asked.length = 0;
    },
    beStrict() {
      isStrict = true;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function meet(
  fault: Fault | undefined,
  incoming: IncomingMessage,
  answer: ServerResponse,
  store: RequestOptions,
): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      return pass(await ask(incoming, incoming, store), answer);
    case 'delay':
      await after(fault.ms);
      return pass(await ask(incoming, incoming, store), answer);
    case 'cut':
      return pass(await ask(incoming, cutAfter(incoming, fault.afterBytes), store), answer);
    case 'truncate':
      return passTruncated(await ask(incoming, incoming, store), answer, fault.afterBytes);
    case 'endless':
      incoming.resume();
      return void Readable.from(spaces()).on('error', ignore).pipe(answer);
    case 'body':
      incoming.resume();
      return void answer.writeHead(fault.status ?? 200, { 'content-type': fault.type }).end(fault.text);
    case 'no length':
      return passWithoutLength(await ask(incoming, incoming, store), answer);
    case 'flip':
      if (fault.of === 'request') return pass(await ask(incoming, flipped(incoming), store), answer);
      return passFlipped(await ask(incoming, incoming, store), answer);
    case 'answer':
      return refuse(incoming, answer, fault);
    case 'lose answer':
      await ask(incoming, incoming, store);
      throw new Error('The answer is lost.');
    case 'hang':
      incoming.resume();
  }
}

/** Gives the store's answer, once it begins. */
async function ask(
  { method, url, headers }: IncomingMessage,
  body: AsyncIterable<Buffer>,
  store: RequestOptions,
): Promise<IncomingMessage> {
  const asking = request({ ...store, method, path: url, headers, agent: false });
  const answered = once(asking, 'response');
  answered.catch(() => {}); // It is awaited only once the body has passed.
  try {
    for await (const chunk of body) if (!asking.write(chunk)) await once(asking, 'drain');
    asking.end();
    const [answer] = await answered;
    return answer;
  } catch (error) {
    asking.destroy();
    throw error;
  }
}

async function* cutAfter(body: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  if (left === 0) throw new Error('The connection is cut.');
  for await (const chunk of body) {
    if (chunk.length > left) throw new Error('The connection is cut.');
    left -= chunk.length;
    yield chunk;
  }
}

function pass(reply: IncomingMessage, answer: ServerResponse): void {
  answer.writeHead(reply.statusCode ?? 502, reply.headers);
  reply.pipe(answer);
}

function* spaces(): Generator<Buffer> {
  yield Buffer.from('<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>');
  for (;;) yield Buffer.alloc(64 * 1024, ' ');
}

function ignore(): void {}

function passWithoutLength(reply: IncomingMessage, answer: ServerResponse): void {
  const { 'content-length': _length, ...headers } = reply.headers;
  answer.writeHead(reply.statusCode ?? 502, headers);
  reply.pipe(answer);
}

async function passTruncated(reply: IncomingMessage, answer: ServerResponse, bytes: number): Promise<void> {
  answer.writeHead(reply.statusCode ?? 502, reply.headers);
  let left = bytes;
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    await new Promise((sent) => answer.write(chunk.subarray(0, left), sent));
    left -= chunk.length;
    if (left <= 0) break;
  }
  throw new Error('The answer is cut.');
}

async function passFlipped(reply: IncomingMessage, answer: ServerResponse): Promise<void> {
  answer.writeHead(reply.statusCode ?? 502, reply.headers);
  for await (const chunk of flipped(reply)) await new Promise((sent) => answer.write(chunk, sent));
  answer.end();
}

async function* flipped(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let mask = 1;
  for await (const chunk of body) {
    chunk[0] = (chunk[0] ?? 0) ^ mask;
    mask = 0;
    yield chunk;
  }
}

/** The whole request is taken first: a store that is busy answers, it does not break the connection. */
async function refuse(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { status, code, message = code }: Omit<Extract<Fault, { kind: 'answer' }>, 'kind'>,
): Promise<void> {
  incoming.resume();
  await once(incoming, 'end');
  answer.writeHead(status, { 'content-type': 'application/xml' });
  answer.end(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );
}

export type Operation =
  | 'AbortUpload'
  | 'BeginUpload'
  | 'CompleteUpload'
  | 'DeleteObject'
  | 'GetObject'
  | 'GetLock'
  | 'GetVersioning'
  | 'HeadObject'
  | 'ListObjects'
  | 'ListUploads'
  | 'PutObject'
  | 'UploadPart'
  | 'other';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
function operationOf({ method, url = '' }: IncomingMessage): Operation {
  const { searchParams } = new URL(url, 'http://store');
  if (searchParams.has('versioning')) return 'GetVersioning';
  if (searchParams.has('object-lock')) return 'GetLock';
  const operations: Readonly<Record<string, Operation>> = searchParams.has('uploads')
    ? { GET: 'ListUploads', POST: 'BeginUpload' }
    : searchParams.has('uploadId')
      ? { PUT: 'UploadPart', POST: 'CompleteUpload', DELETE: 'AbortUpload' }
      : searchParams.has('list-type')
        ? { GET: 'ListObjects' }
        : { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' };
  return operations[method ?? ''] ?? 'other';
}
