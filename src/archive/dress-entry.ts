import type { Entry } from './archive.ts';
import { safeName } from './safe-name.ts';
import type { EngineEntry } from './zip-engine.ts';
import { extendedTimestamp, zip64SizesFollow } from './zip-extra.ts';

// What does not shrink may grow a little; from here on it could pass 4 GiB, where sizes need eight bytes.
const surelySmallInBytes = 0xf000_0000;

/** What archiver leaves out or changes: names with a backslash or colon, the exact time, sizes beyond 4 GiB. */
export function dressEntry(written: EngineEntry, entry: Entry): void {
  const name = safeName(entry.name) + (entry.kind === 'folder' ? '/' : '');
  written.name = name;
  written.getGeneralPurposeBit().useUTF8ForNames(Buffer.byteLength(name) !== name.length);

  const timestamp = extendedTimestamp(entry.modifiedAt);
  written.extra = timestamp;
  written.setExtra = (zip64) => {
    written.extra = Buffer.concat([zip64, timestamp]);
  };
  if (mayBeLarge(entry)) prepareForLarge(written);
}

function mayBeLarge(entry: Entry): boolean {
  return entry.kind === 'file' && (entry.sizeInBytes ?? Number.POSITIVE_INFINITY) > surelySmallInBytes;
}

/** Left to itself the engine writes eight-byte sizes behind large content without announcing them; `bsdtar` fails on a pipe. */
function prepareForLarge(written: EngineEntry): void {
  written.setExtra(zip64SizesFollow());
  written.isZip64 = () => true;
}
