import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { spool } from '../../src/archive/tar/spool.ts';
import { openDumper } from '../../src/databases/registry.ts';

/*
 * Run inside a mount namespace with the path of a disk of 1 MiB, which becomes the temporary folder, and that of a larger SQLite
 * database. Dumps it, and spools as much for a tar. Prints what it was told and what was left.
 */

const [temporary = '', path = ''] = process.argv.slice(2);
process.env.TMPDIR = temporary;

const dumper = openDumper({ driver: 'sqlite', path, busyTimeout: 10 });
const sqlite = await dumper.dump(new AbortController().signal).then(() => 'dumped', wordsOf);
const tar = await spool(Readable.from([Buffer.alloc(3_000_000)])).then(() => 'spooled', wordsOf);

process.stdout.write(JSON.stringify({ sqlite, tar, left: readdirSync(temporary) }));

function wordsOf(error: Error): string {
  return error.message;
}
