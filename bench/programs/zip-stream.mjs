// Zips what comes on standard input into $OUT with the engine of the Holdfast built in $HOLDFAST.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

const { OUT, HOLDFAST } = process.env;
const { zipFormat } = await import(`${HOLDFAST}/src/archive/zip.js`);

async function* entries() {
  yield {
    kind: 'file',
    name: 'dump.sql',
    mode: 0o600,
    modifiedAt: new Date(),
    open: async () => process.stdin,
  };
}

const pack = zipFormat({ compression: { level: 5 } });
await pipeline(pack(entries(), { signal: new AbortController().signal }).stream, createWriteStream(OUT));
