import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's end of a WebSocket: whole text messages, pings that are answered. https://www.rfc-editor.org/rfc/rfc6455 */
export interface ServerSocket {
  send(text: string): void;
  /** Cuts the line. */
  cut(): void;
}

interface Handlers {
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}

const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

export function acceptWebSocket(request: IncomingMessage, socket: Duplex, handlers: Handlers): ServerSocket {
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${answerTo(request)}\r\n\r\n`,
  );
  let received = Buffer.alloc(0);

  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    for (let frame = readFrame(received); frame; frame = readFrame(received)) {
      received = received.subarray(frame.length);
      take(frame);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', handlers.onClose);

  function take({ opcode, payload }: Frame): void {
    if (opcode === opcodes.text) handlers.onText(payload.toString('utf8'));
    if (opcode === opcodes.ping) write(opcodes.pong, payload);
    if (opcode === opcodes.close) {
      write(opcodes.close, payload);
      socket.end();
    }
  }

  function write(opcode: number, payload: Buffer): void {
    if (socket.writable) socket.write(Buffer.concat([header(opcode, payload.length), payload]));
  }

  return {
    send: (text) => write(opcodes.text, Buffer.from(text)),
    cut: () => socket.destroy(),
  };
}

function answerTo(request: IncomingMessage): string {
  const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  return createHash('sha1').update(key).digest('base64');
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  /** Of the whole frame, in bytes. */
  readonly length: number;
}

/** The first frame of what was received, once it is there whole. What a client sends is masked. */
function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 127;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < start + 4) return undefined;

  const size =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const length = start + 4 + size;
  if (bytes.length < length) return undefined;
  const mask = bytes.subarray(start, start + 4);
  const payload = bytes.subarray(start + 4, length).map((byte, i) => byte ^ (mask[i % 4] ?? 0));
  return { opcode: bytes.readUInt8(0) & 15, payload: Buffer.from(payload), length };
}

function header(opcode: number, size: number): Buffer {
  const first = 128 | opcode;
  if (size < 126) return Buffer.from([first, size]);
  if (size < 65_536) return Buffer.from([first, 126, size >> 8, size & 255]);
  const long = Buffer.alloc(10);
  long.writeUInt8(first, 0);
  long.writeUInt8(127, 1);
  long.writeBigUInt64BE(BigInt(size), 2);
  return long;
}
