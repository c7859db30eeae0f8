import type { DigestPicture } from '../../../domain/digest/digest-picture.ts';
import { type Context, newSheet, pngOf } from './canvas.ts';
import { drawChart } from './chart.ts';
import { daysChart } from './days-chart.ts';
import { drawFoot, drawHead } from './frame.ts';
import { boldFont, colours, layout } from './look.ts';
import { drawRow } from './row.ts';

/** The picture as a PNG. Equal pictures are equal to the byte. */
export async function drawDigest(picture: DigestPicture): Promise<Uint8Array> {
  const rowsHeight = Math.max(1, picture.rows.length) * layout.row;
  const { canvas, context } = newSheet(layout.width, layout.head + rowsHeight + layout.foot);

  context.fillStyle = colours.ground;
  context.fillRect(0, 0, layout.width, layout.head + rowsHeight + layout.foot);
  drawHead(context, picture);
  for (const [at, row] of picture.rows.entries()) drawRow(context, row, layout.head + at * layout.row, at);
  if (picture.rows.length === 0) drawNothing(context);
  else drawDays(context, picture, rowsHeight);
  drawFoot(context, picture, layout.head + rowsHeight);
  return pngOf(canvas);
}

function drawDays(context: Context, { rows }: DigestPicture, height: number): void {
  const chart = drawChart({ width: layout.daysWidth, height }, daysChart(rows));
  context.drawImage(chart, layout.daysLeft, layout.head, layout.daysWidth, height);
}

function drawNothing(context: Context): void {
  context.font = boldFont;
  context.fillStyle = colours.pale;
  context.fillText('There is no app yet.', layout.margin, layout.head + layout.row / 2);
}
