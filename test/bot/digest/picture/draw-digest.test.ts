import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { drawDigest } from '../../../../src/bot/digest/picture/draw-digest.ts';
import {
  type DigestPicture,
  daysShown,
  type PictureRow,
} from '../../../../src/domain/digest/digest-picture.ts';

const row = (label: string, facts: Partial<PictureRow> = {}): PictureRow => ({
  label,
  marked: false,
  sizes: Array.from({ length: daysShown }, (_, day) => 1_000_000 + day * 10_000),
  failures: Array(daysShown).fill(0),
  storageInBytes: 30_000_000,
  limitInBytes: 90_000_000,
  ...facts,
});
const picture = (...rows: PictureRow[]): DigestPicture => ({
  zone: 'Europe/Brussels',
  lastDay: '2026-11-23',
  rows,
});

/** The colours there are, each with how many dots have it. */
async function coloursOf(png: Uint8Array): Promise<Map<string, number>> {
  const image = await loadImage(Buffer.from(png));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const colours = new Map<string, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = data.subarray(at, at + 4).join(' ');
    colours.set(colour, (colours.get(colour) ?? 0) + 1);
  }
  return colours;
}

const bar = '59 118 184 255';
const failure = '163 18 31 255';

describe('the picture of a digest', () => {
  it('has a row for each app, and is as wide whatever it shows', async () => {
    const sizes = [];
    for (const rows of [[], [row('a')], [row('a'), row('b')]]) {
      const { width, height } = await loadImage(Buffer.from(await drawDigest(picture(...rows))));
      sizes.push([width, height]);
    }

    expect(sizes).toEqual([
      [1520, 380],
      [1520, 380],
      [1520, 504],
    ]);
  });

  it('shows a bar for each day that stored something', async () => {
    const all = await coloursOf(await drawDigest(picture(row('shop', { storageInBytes: 0 }))));
    const half = row('shop', {
      sizes: row('').sizes.map((size, day) => (day % 2 === 0 ? size : null)),
      storageInBytes: 0,
    });
    const some = await coloursOf(await drawDigest(picture(half)));

    expect(all.get(bar)).toBeGreaterThan(10_000);
    expect((some.get(bar) ?? 0) / (all.get(bar) ?? 1)).toBeCloseTo(0.5, 1);
  });

  it('marks the days on which a run failed, and what is over its limit', async () => {
    const without = await coloursOf(await drawDigest(picture(row('shop'))));
    const failures = row('').failures.map((_, day) => (day > 20 ? 2 : 0));
    const crosses = await coloursOf(await drawDigest(picture(row('shop', { failures }))));
    const over = await coloursOf(await drawDigest(picture(row('shop', { storageInBytes: 180_000_000 }))));

    const marks = [without, crosses, over].map((colours) => colours.get(failure) ?? 0);
    expect(marks[1]).toBeGreaterThan((marks[0] ?? 0) + 300);
    expect(marks[2]).toBeGreaterThan((marks[0] ?? 0) + 300);
  });

  it('is no different when it is drawn again, and leaves no dot to the ground it is shown on', async () => {
    const facts = picture(row('shop'), row('blog', { failures: Array(daysShown).fill(1), marked: true }));

    const [first, second] = [await drawDigest(facts), await drawDigest(facts)];

    expect(Buffer.compare(first, second)).toBe(0);
    expect([...(await coloursOf(first)).keys()].every((colour) => colour.endsWith(' 255'))).toBe(true);
  });

  it('takes whatever there is: no app, no run, no storage, empty archives, the longest name, enormous numbers', async () => {
    const nothing = {
      sizes: Array(daysShown).fill(null),
      storageInBytes: undefined,
      limitInBytes: undefined,
    };
    const { storageInBytes: _, limitInBytes: __, ...unknown } = row('unknown');
    const rows = [
      row('W'.repeat(64)),
      row('new', { sizes: nothing.sizes, storageInBytes: 0 }),
      row('empty', { sizes: Array(daysShown).fill(0), limitInBytes: 0 }),
      row('huge', {
        sizes: Array(daysShown).fill(Number.MAX_SAFE_INTEGER),
        failures: Array(daysShown).fill(999_999),
      }),
      unknown,
    ];

    const drawn = await Promise.all([picture(), ...rows.map((each) => picture(each))].map(drawDigest));

    expect(new Set(drawn.map((png) => Buffer.from(png).toString('base64'))).size).toBe(6);
  });
});
