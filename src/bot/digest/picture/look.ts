import { family } from './canvas.ts';

/** On a ground of its own, so that it is the same on light and dark. Each pair of neighbours differs in brightness, too. */
export const colours = {
  ground: '#ffffff',
  ink: '#1c2530',
  pale: '#5a6675',
  line: '#c3cbd5',
  stripe: '#f3f6f9',
  bar: '#3b76b8',
  failure: '#a3121f',
} as const;

export const boldFont = `bold 15px "${family}"`;
export const smallFont = `12px "${family}"`;

/** In points. A phone shows the whole width at about half of that. */
export const layout = {
  width: 760,
  margin: 20,
  head: 66,
  row: 62,
  foot: 62,
  daysLeft: 190,
  daysWidth: 350,
  storageLeft: 570,
  storageWidth: 170,
  /** Of a row, above and beneath what is drawn in it. */
  rowPadding: 10,
} as const;
