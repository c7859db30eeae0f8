import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Limit } from './bandwidth.ts';

/** Small enough to keep a slow line even, large enough to cost nothing. */
const pieceInBytes = 64 * 1024;

/**
 * A client whose bodies leave piece by piece, at the pace of `limit`, and that tells of each. That happens on the wire's side of
 * what the SDK retries: it holds the whole body, and sends it anew.
 */
export function inPieces(client: S3Client, limit: Limit, onMoved: () => void): S3Client {
  const middlewareStack = client.middlewareStack.clone();
  middlewareStack.add(
    (next) => (args) => next({ ...args, request: withPieces(args.request, limit, onMoved) }),
    { name: 'inPieces', step: 'deserialize', priority: 'low' },
  );
  return Object.assign(Object.create(client), { middlewareStack });
}

function withPieces(request: unknown, limit: Limit, onMoved: () => void): unknown {
  if (typeof request !== 'object' || request === null || !('body' in request)) return request;
  if (!(request.body instanceof Uint8Array) || request.body.length === 0) return request;
  const body = Readable.from(piecesOf(request.body, limit, onMoved), { objectMode: false });
  // The request of the next attempt is made of this one, so it is copied and not changed.
  return Object.assign(Object.create(Object.getPrototypeOf(request)), request, { body });
}

async function* piecesOf(body: Uint8Array, limit: Limit, onMoved: () => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += pieceInBytes) {
    const piece = body.subarray(at, at + pieceInBytes);
    await limit.take(piece.length);
    yield piece;
    onMoved();
  }
}
