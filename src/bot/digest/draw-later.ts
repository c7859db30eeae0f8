import type { Picture } from '../../chat/message.ts';
import type { DigestPicture, PictureRow } from '../../domain/digest/digest-picture.ts';
import { drawAside } from './draw-aside.ts';
import { storageWords, sumUp } from './picture-words.ts';

/** The picture of a digest, drawn when a platform wants it. */
export function drawLater(picture: DigestPicture): Picture {
  return { name: 'digest.png', alt: altOf(picture), draw: () => drawAside(picture) };
}

function altOf({ rows, lastDay }: DigestPicture): string {
  const shown = rows.length === 0 ? 'no app yet' : rows.map(rowWords).join('; ');
  return `Backups in the 30 days until ${lastDay}: ${shown}.`;
}

function rowWords(row: PictureRow): string {
  return `${row.label} ${sumUp(row)}, ${storageWords(row)}`;
}
