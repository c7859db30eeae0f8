// What nobody can do faster here: with a thread for each core, `read` reads and hashes the files of $FOLDER, and `deflate`
// deflates them from memory at the level $LEVEL. Prints the seconds that alone took.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { deflateRawSync } from 'node:zlib';

const blockInBytes = 1024 ** 2;

if (isMainThread) await measure(process.argv[2]);
else work(workerData);

async function measure(what) {
  const files = readdirSync(process.env.FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const count = availableParallelism();
  const threads = Array.from({ length: count }, (_, share) => {
    const own = files.filter((_, at) => at % count === share);
    return new Worker(new URL(import.meta.url), { workerData: { what, files: own } });
  });
  const heard = () =>
    Promise.all(threads.map((thread) => new Promise((resolve) => thread.once('message', resolve))));

  await heard();
  const startedAt = performance.now();
  for (const thread of threads) thread.postMessage('go');
  await heard();
  process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - startedAt) / 1000 })}\n`);
}

function work({ what, files }) {
  const contents = what === 'deflate' ? files.map((file) => readFileSync(file)) : [];
  parentPort.once('message', () => {
    if (what === 'read') for (const file of files) createHash('sha256').update(readFileSync(file)).digest();
    for (const content of contents) deflate(content);
    parentPort.postMessage('done');
  });
  parentPort.postMessage('ready');
}

function deflate(content) {
  for (let at = 0; at < content.length; at += blockInBytes)
    deflateRawSync(content.subarray(at, at + blockInBytes), { level: Number(process.env.LEVEL) });
}
