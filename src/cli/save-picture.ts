import { writeFile } from 'node:fs/promises';
import { drawLater } from '../bot/digest/draw-later.ts';
import type { Report } from '../domain/report.ts';
import { sentenceOf } from '../log.ts';

/** Writes the picture of the last report that has one as a PNG. @throws when there is none, or it cannot be written */
export async function savePicture(reports: readonly Report[], file: string): Promise<void> {
  const picture = reports.findLast((report) => report.kind === 'digest')?.picture;
  if (picture === undefined)
    throw new Error(
      `Nothing in the answer has a picture, so ${file} was not written. /backup digest has one.`,
    );
  try {
    await writeFile(file, await drawLater(picture).draw());
  } catch (cause) {
    throw new Error(`The picture could not be written to ${file}: ${sentenceOf(cause)}`, { cause });
  }
}
