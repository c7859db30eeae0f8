import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openDestination } from '../../src/destinations/registry.ts';

/*
 * Run inside a mount namespace with the path of a disk of 1 MiB: stores too much, then little, then makes the disk read-only and
 * stores again. Prints what it was told and what was left.
 */

const [path = ''] = process.argv.slice(2);
const disk = openDestination('disk', { driver: 'local', path, createFolder: true });

const tooMuch = await store('shop/2026-11-22-00-00-01.zip', 5_000_000);
const afterTooMuch = readdirSync(join(path, 'shop'));
const little = await store('shop/2026-11-22-00-00-02.zip', 500_000);
execFileSync('mount', ['-o', 'remount,ro', path]);
const readOnly = await store('shop/2026-11-22-00-00-03.zip', 10);
const check = await disk.check().then(() => 'fine', wordsOf);

process.stdout.write(JSON.stringify({ tooMuch, afterTooMuch, little, readOnly, check }));

function store(key: string, sizeInBytes: number): Promise<string> {
  const content = Readable.from([Buffer.alloc(sizeInBytes / 2), Buffer.alloc(sizeInBytes / 2)]);
  return disk.store(key, content, new AbortController().signal).then(() => 'stored', wordsOf);
}

function wordsOf(error: Error): string {
  return `${error.name}: ${error.message}`;
}
