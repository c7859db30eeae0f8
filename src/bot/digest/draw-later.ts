import type { Picture } from '../../chat/message.ts';
import type { DigestPicture } from '../../domain/digest/digest-picture.ts';
import { humanList } from '../../domain/units.ts';
import { drawAside } from './draw-aside.ts';

/** The picture of a digest, drawn when a platform wants it. */
export function drawLater(picture: DigestPicture): Picture {
  return { name: 'digest.png', alt: altOf(picture), draw: () => drawAside(picture) };
}

function altOf({ rows, lastDay }: DigestPicture): string {
  const subject = `The sizes of backups, the failed runs and the storage in the 30 days until ${lastDay}`;
  const failed = rows.flatMap(({ label, failures }) => {
    const count = failures.reduce((all, day) => all + day, 0);
    return count > 0 ? [`${label} ${count}`] : [];
  });
  const labels = humanList(rows.map(({ label }) => label));
  return `${subject}: ${labels || 'no app'}. Failed runs: ${humanList(failed) || 'none'}.`;
}
