import type { Readable } from 'node:stream';
import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import { manifestKey } from '../../src/domain/backup-key.ts';
import { Manifest } from '../../src/domain/manifest.ts';

/** Anybody who may write to a destination may put anything in the place of a manifest. Real ones take some hundred bytes a table. */
const mostBytes = 32 * 1024 * 1024;

/**
 * The manifest beside the archive `key`; `undefined` when there is none, or these credentials may not see it.
 * @throws {DestinationError} when the destination is not reached; of the kind `differs` when what is there is no manifest.
 */
export async function readManifest(destination: Destination, key: string): Promise<Manifest | undefined> {
  const found = await destination.head(manifestKey(key));
  return found === undefined || found === 'write-only' ? undefined : manifestAt(destination, key);
}

/** The manifest beside the archive `key`, which was seen there. @throws {DestinationError} as `readManifest`. */
export async function manifestAt(destination: Destination, key: string): Promise<Manifest> {
  const text = await textOf(destination.read(manifestKey(key)));
  const { data, error } = Manifest.safeParse(parsed(text));
  if (data === undefined) throw damagedManifest(key, destination, error);
  return data;
}

/** A manifest that cannot be one has rotted itself. */
export function damagedManifest(key: string, { name }: Destination, cause?: unknown): DestinationError {
  return new DestinationError(
    `${name} does not hold what was stored as ${manifestKey(key)}: it is no manifest of ${key}. See whether its disks and its software are in order.`,
    { kind: 'differs', cause },
  );
}

/** `undefined` when it is too long to be a manifest. */
async function textOf(content: Readable): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let sizeInBytes = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    sizeInBytes += chunk.length;
    if (sizeInBytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** `undefined` when it is no JSON. */
function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
