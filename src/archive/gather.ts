import { Transform } from 'node:stream';

const blockInBytes = 64 * 1024;

/** The same bytes in blocks of at least 64 KiB: a zip of small files comes in crumbs, which cost every reader time. */
export function gather(): Transform {
  let crumbs: Buffer[] = [];
  let sizeInBytes = 0;

  function takeAll(): Buffer {
    const block = Buffer.concat(crumbs);
    crumbs = [];
    sizeInBytes = 0;
    return block;
  }

  return new Transform({
    transform(crumb: Buffer, _, done) {
      crumbs.push(crumb);
      sizeInBytes += crumb.length;
      if (sizeInBytes < blockInBytes) done();
      else done(null, takeAll());
    },
    flush(done) {
      done(null, takeAll());
    },
  });
}
