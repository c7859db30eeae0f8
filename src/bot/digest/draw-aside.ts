import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { DigestPicture } from '../../domain/digest/digest-picture.ts';

const timeoutInMs = 60_000;

const source = fileURLToPath(new URL('./picture/draw-program.ts', import.meta.url));

/** What the build made of it, in a build. */
const program = source.replace(/\.ts$/, extname(import.meta.url));

/**
 * The bytes of a PNG. Drawn by a process of its own: loading what draws takes a fifth of a second of the processor and
 * drawing once nearly as long, in which nobody would be answered, and its memory is given back when the process ends. It
 * gets none of the environment, which may hold secrets. @throws when it cannot be drawn.
 */
export async function drawAside(picture: DigestPicture): Promise<Uint8Array> {
  const child = spawn(process.execPath, [...process.execArgv, program], { env: {}, timeout: timeoutInMs });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.on('error', () => child.kill()); // It ended before it had read everything; `ended` says how.
  child.stdin.end(JSON.stringify(picture));

  const [png, said, code] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  if (code === 0 && png.length > 0) return png;
  throw new Error(`The digest could not be drawn: ${lastLine(said) ?? `the program ended with ${code}`}.`);
}

/** What Node ends with is its version; before it stands what went wrong. */
function lastLine(said: string): string | undefined {
  return said.split('\n').find((line) => /^\w*Error/.test(line));
}
