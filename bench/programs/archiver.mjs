// Zips the folder $FOLDER into $OUT with archiver, as its manual shows it.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';

const archive = new ZipArchive({ zlib: { level: 6 } });
archive.directory(process.env.FOLDER, false);
await Promise.all([pipeline(archive, createWriteStream(process.env.OUT)), archive.finalize()]);
