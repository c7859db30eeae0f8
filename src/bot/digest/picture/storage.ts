import type { PictureRow } from '../../../domain/digest/digest-picture.ts';
import { storageWords } from '../picture-words.ts';
import type { Context } from './canvas.ts';
import { colours, layout, smallFont } from './look.ts';
import { fitted } from './text.ts';

const barHeight = 14;

/** What is held, as a part of a box that is the limit; what is over it is hatched. */
export function drawStorage(context: Context, row: PictureRow, top: number): void {
  const { storageInBytes, limitInBytes } = row;
  const { storageLeft: left, storageWidth: width } = layout;
  if (storageInBytes !== undefined && limitInBytes !== undefined)
    drawBar(context, { left, top: top + 15, width }, storageInBytes / Math.max(1, limitInBytes));

  context.font = smallFont;
  context.fillStyle = colours.pale;
  context.textAlign = 'left';
  const words = fitted(context, storageWords(row), width);
  context.fillText(words, left, limitInBytes === undefined ? top + 36 : top + 46);
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

function drawBar(context: Context, { left, top, width }: Place, fraction: number): void {
  const limitAt = fraction > 1 ? width / fraction : width;
  context.fillStyle = colours.bar;
  context.fillRect(left, top, Math.max(1, Math.min(fraction, 1) * limitAt), barHeight);
  if (fraction > 1) hatch(context, { left: left + limitAt, top, width: width - limitAt });
  context.strokeStyle = colours.pale;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, top + 0.5, limitAt - 1, barHeight - 1);
}

function hatch(context: Context, { left, top, width }: Place): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width, barHeight);
  context.clip();
  context.strokeStyle = colours.failure;
  context.lineWidth = 2;
  context.beginPath();
  for (let x = left - barHeight; x < left + width; x += 6) {
    context.moveTo(x, top + barHeight);
    context.lineTo(x + barHeight, top);
  }
  context.stroke();
  context.strokeRect(left + 1, top + 1, width - 2, barHeight - 2);
  context.restore();
}
