import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Random, seeded } from './seeded.ts';

const count = 15_000;
const totalInBytes = 200 * 1024 ** 2;
const filesAFolder = 100;

/** 15,000 files of 200 MiB in all, three quarters of them text; the same each time. Gives the folder. */
export async function makeFiles(folder: string): Promise<string> {
  const random = seeded(20_261_122);
  const weights = Array.from({ length: count }, () => 0.05 + random() ** 3);
  const weightOfAll = weights.reduce((total, weight) => total + weight, 0);

  for (const [number, weight] of weights.entries()) {
    const inside = join(folder, `part-${Math.floor(number / filesAFolder)}`);
    if (number % filesAFolder === 0) await mkdir(inside, { recursive: true });
    const sizeInBytes = Math.round((weight / weightOfAll) * totalInBytes);
    const isText = number % 4 > 0;
    const path = join(inside, `${isText ? 'page' : 'data'}-${number}.${isText ? 'html' : 'bin'}`);
    await writeFile(path, (isText ? text : noise)(sizeInBytes, random));
  }
  return folder;
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
