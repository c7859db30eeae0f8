import type { PictureRow } from '../../../domain/digest/digest-picture.ts';
import { sumUp } from '../picture-words.ts';
import type { Context } from './canvas.ts';
import { groundAt } from './days-chart.ts';
import { boldFont, colours, layout, smallFont } from './look.ts';
import { drawStorage } from './storage.ts';
import { fitted } from './text.ts';

/** All of a row but its days: the name, what its days come to, and the storage. */
export function drawRow(context: Context, row: PictureRow, top: number, at: number): void {
  if (at % 2 === 0) {
    context.fillStyle = colours.stripe;
    context.fillRect(0, top, layout.width, layout.row);
  }
  drawGround(context, top);
  drawLabel(context, row, top);
  drawStorage(context, row, top);
}

/** Shows the days also where nothing was stored. */
function drawGround(context: Context, top: number): void {
  const y = Math.round(top + layout.row * groundAt) + 0.5;
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(layout.daysLeft, y);
  context.lineTo(layout.daysLeft + layout.daysWidth, y);
  context.stroke();
}

function drawLabel(context: Context, row: PictureRow, top: number): void {
  const room = layout.daysLeft - layout.margin - 8;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.font = boldFont;
  context.fillStyle = row.marked ? colours.failure : colours.ink;
  context.fillText(fitted(context, `${row.marked ? '! ' : ''}${row.label}`, room), layout.margin, top + 27);

  context.font = smallFont;
  context.fillStyle = colours.pale;
  context.fillText(fitted(context, sumUp(row), room), layout.margin, top + 46);
}
