import { DateTime } from 'luxon';
import { type DigestPicture, daysShown } from '../../../domain/digest/digest-picture.ts';
import type { Context } from './canvas.ts';
import { boldFont, colours, layout, smallFont } from './look.ts';

const dayWidth = layout.daysWidth / daysShown;

/** What the picture is about, and what stands in each column. */
export function drawHead(context: Context, { lastDay, zone }: DigestPicture): void {
  const last = DateTime.fromISO(lastDay, { locale: 'en-GB' });
  const first = last.minus({ days: daysShown - 1 });
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.font = boldFont;
  context.fillStyle = colours.ink;
  context.fillText(
    `Backups, ${first.toFormat('d LLL')} to ${last.toFormat('d LLL yyyy')}`,
    layout.margin,
    28,
  );

  context.font = smallFont;
  context.fillStyle = colours.pale;
  context.fillText(`app, newest size`, layout.margin, 54);
  context.fillText(`size of each day (${zone})`, layout.daysLeft, 54);
  context.fillText('storage and its limit', layout.storageLeft, 54);
}

/** The days beneath the columns, a date a week, and what the marks mean. */
export function drawFoot(context: Context, { lastDay, rows }: DigestPicture, top: number): void {
  context.font = smallFont;
  context.fillStyle = colours.pale;
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.textAlign = 'center';
  const last = DateTime.fromISO(lastDay, { locale: 'en-GB' });
  for (let day = daysShown - 1; day >= 0; day -= 7) {
    const x = Math.round(layout.daysLeft + (day + 0.5) * dayWidth) + 0.5;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, top + 5);
    context.stroke();
    context.fillText(last.minus({ days: daysShown - 1 - day }).toFormat('d LLL'), x, top + 19);
  }
  if (rows.length > 0) drawLegend(context, top + 46);
}

function drawLegend(context: Context, y: number): void {
  context.textAlign = 'left';
  const cross = { x: layout.daysLeft + 5, y: y - 4, arm: 3.4 };
  context.strokeStyle = colours.failure;
  context.lineWidth = 2.2;
  context.beginPath();
  context.moveTo(cross.x - cross.arm, cross.y - cross.arm);
  context.lineTo(cross.x + cross.arm, cross.y + cross.arm);
  context.moveTo(cross.x - cross.arm, cross.y + cross.arm);
  context.lineTo(cross.x + cross.arm, cross.y - cross.arm);
  context.stroke();
  context.fillText('a run failed', layout.daysLeft + 16, y);
  context.fillText('! needs a look now', layout.margin, y);
  context.fillText('each row has a scale of its own', layout.daysLeft + 110, y);
}
