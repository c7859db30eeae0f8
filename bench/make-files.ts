import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Random, seeded } from './seeded.ts';

const MiB = 1024 ** 2;
const filesAFolder = 100;

export interface MadeFiles {
  readonly folder: string;
  readonly contentInBytes: number;
}

/** Files, three quarters of them text; the same each time. */
export async function makeSmallFiles(
  folder: string,
  count = 15_000,
  contentInBytes = 200 * MiB,
): Promise<MadeFiles> {
  const random = seeded(20_261_122);
  const weights = Array.from({ length: count }, () => 0.05 + random() ** 3);
  const weightOfAll = weights.reduce((total, weight) => total + weight, 0);

  for (const [number, weight] of weights.entries()) {
    const inside = join(folder, `part-${Math.floor(number / filesAFolder)}`);
    if (number % filesAFolder === 0) await mkdir(inside, { recursive: true });
    const sizeInBytes = Math.round((weight / weightOfAll) * contentInBytes);
    const isText = number % 4 > 0;
    const path = join(inside, `${isText ? 'page' : 'data'}-${number}.${isText ? 'html' : 'bin'}`);
    await writeFile(path, (isText ? text : noise)(sizeInBytes, random));
  }
  return { folder, contentInBytes };
}

/** Photos and a film, which do not get smaller. */
export async function makeMedia(folder: string): Promise<MadeFiles> {
  return makeLarge(folder, [...Array.from({ length: 50 }, () => 4), 200], 'jpg', noise);
}

/** Logs. */
export async function makeText(folder: string): Promise<MadeFiles> {
  return makeLarge(folder, [4, 8, 16, 64], 'log', text);
}

async function makeLarge(
  folder: string,
  sizesInMiB: readonly number[],
  ending: string,
  content: typeof text,
): Promise<MadeFiles> {
  const random = seeded(20_261_123);
  await mkdir(folder, { recursive: true });
  for (const [number, size] of sizesInMiB.entries()) {
    await writeFile(join(folder, `${number}.${ending}`), content(size * MiB, random));
  }
  return { folder, contentInBytes: sizesInMiB.reduce((total, size) => total + size * MiB, 0) };
}

const words = 'the of and shop garden lamp price <p> </p> order href="/page" class="box" blue window'.split(
  ' ',
);

/** Words and numbers, which get some three times smaller. */
function text(sizeInBytes: number, random: Random): Buffer {
  const pieces: string[] = [];
  for (let length = 0; length < sizeInBytes; length += pieces.at(-1)?.length ?? 0) {
    const word = words[Math.floor(random() * words.length)];
    pieces.push(`${word} ${random() < 0.2 ? random().toString(36).slice(2) : ''} `);
  }
  return Buffer.from(pieces.join('')).subarray(0, sizeInBytes);
}

function noise(sizeInBytes: number, random: Random): Buffer {
  const numbers = Uint32Array.from({ length: Math.ceil(sizeInBytes / 4) }, () => random() * 2 ** 32);
  return Buffer.from(numbers.buffer).subarray(0, sizeInBytes);
}
