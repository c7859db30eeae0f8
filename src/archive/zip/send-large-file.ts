import type { FileOnDisk } from '../archive.ts';
import { faultOf } from '../file-selection-error.ts';
import { openSeen, type SeenFile } from '../open-seen.ts';
import { versionOf } from '../to-read.ts';
import type { Batch } from './batch.ts';
import type { Line } from './line.ts';
import { blockInBytes } from './sizes.ts';
import { blockStep, type FileEntry, type ReadVersions, type Step } from './step.ts';

/** A file in blocks that threads read by themselves, up to the size it had when it was opened. */
export async function sendLargeFile(
  entry: FileEntry,
  onDisk: FileOnDisk,
  batch: Batch,
  line: Line,
): Promise<void> {
  await batch.send();
  const file = await openOnDisk(onDisk);
  if (file === undefined) return;

  const blocks: Promise<unknown>[] = [];
  try {
    await line.put(Promise.resolve({ kind: 'begin', entry, mostInBytes: file.opened.sizeInBytes }));
    for (const range of rangesOf(file.opened.sizeInBytes)) {
      const block = line.run({ kind: 'file block', fd: file.handle.fd, range });
      blocks.push(block.then(forget, forget));
      await line.put(blockStep(block), range.lengthInBytes);
    }
  } finally {
    // Not waited for here: the next file may begin before this one's last blocks are done.
    const closed = Promise.all(blocks).then(() => closeFile(file));
    await line.put(endStep(closed));
  }
}

/** Nothing, after its entry has heard why. */
async function openOnDisk({ hear, ...toRead }: FileOnDisk): Promise<SeenFile | undefined> {
  const file = await openSeen(toRead).catch(faultOf);
  if (file === 'replaced') hear({ kind: 'replaced' });
  else if ('handle' in file) return file;
  else hear({ kind: 'not opened', fault: file });
  return undefined;
}

function* rangesOf(sizeInBytes: number) {
  for (let position = 0; position < sizeInBytes; position += blockInBytes) {
    yield { position, lengthInBytes: Math.min(blockInBytes, sizeInBytes - position) };
  }
}

/** Whoever waits until a block is done must not keep its bytes. */
function forget(): void {}

async function endStep(closed: Promise<ReadVersions>): Promise<Step> {
  return { kind: 'end', file: await closed };
}

async function closeFile({ handle, opened }: SeenFile): Promise<ReadVersions> {
  try {
    return { opened, closed: versionOf(await handle.stat()) };
  } finally {
    await handle.close();
  }
}
