import { createRequire } from 'node:module';
import { type Canvas, createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';

export type { Canvas, SKRSContext2D as Context } from '@napi-rs/canvas';

/** The family of every text: servers often have no font at all, so it comes inside a package. */
export const family = 'Holdfast DejaVu';

const dots = 2;

/** Something to draw on, so large in points; each is two dots wide, for sharp screens. */
export function newSheet(
  width: number,
  height: number,
): { readonly canvas: Canvas; readonly context: SKRSContext2D } {
  registerFonts();
  const canvas = createCanvas(width * dots, height * dots);
  const context = canvas.getContext('2d');
  context.scale(dots, dots);
  context.lang = 'en';
  return { canvas, context };
}

/** For what scales itself: a canvas of points, and how many dots each is to have. */
export function newPlate(width: number, height: number): { readonly canvas: Canvas; readonly dots: number } {
  registerFonts();
  return { canvas: createCanvas(width, height), dots };
}

/** Encoded beside the event loop. */
export async function pngOf(canvas: Canvas): Promise<Uint8Array> {
  return canvas.encode('png');
}

function registerFonts(): void {
  if (GlobalFonts.has(family)) return;
  const { resolve } = createRequire(import.meta.url);
  for (const file of ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'])
    GlobalFonts.registerFromPath(resolve(`dejavu-fonts-ttf/ttf/${file}`), family);
}
