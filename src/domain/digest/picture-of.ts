import { hasFailed } from './app-digest.ts';
import type { AppFacts, DigestFacts } from './digest-facts.ts';
import { type DigestPicture, daysShown, type PictureRow } from './digest-picture.ts';
import type { DigestApp } from './digest-report.ts';

/** More rows cannot be read on a phone. */
const mostRows = 8;

/** The rows of a picture: the first of `order`, and what is left in one row together. */
export function pictureOf(
  { apps, to, zone }: Pick<DigestFacts, 'apps' | 'to' | 'zone'>,
  order: readonly Pick<DigestApp, 'app' | 'state'>[],
): DigestPicture {
  const today = to.setZone(zone).startOf('day');
  const days = Array.from({ length: daysShown }, (_, at) =>
    today.minus({ days: daysShown - 1 - at }).toMillis(),
  );
  const facts = new Map(apps.map((each) => [each.app, each]));
  const rows = order.flatMap(({ app, state }) => {
    const known = facts.get(app);
    return known === undefined ? [] : rowOf(known, state !== 'well', days);
  });
  return { zone, lastDay: today.toISODate() ?? '', rows: withRestTogether(rows) };
}

/** `days` begin at these milliseconds. */
function rowOf({ app, runs, found }: AppFacts, marked: boolean, days: readonly number[]): PictureRow {
  const sizes = Array<number | null>(daysShown).fill(null);
  const failures = Array<number>(daysShown).fill(0);
  for (const run of runs) {
    const finished = Date.parse(run.finishedAt);
    const at = days.findLastIndex((begins) => begins <= finished);
    if (at < 0) continue;
    if (run.sizeInBytes !== undefined) sizes[at] = Math.max(sizes[at] ?? 0, run.sizeInBytes);
    if (hasFailed(run)) failures[at] = (failures[at] ?? 0) + 1;
  }
  return { label: app, marked, sizes, failures, ...storageIn(found) };
}

function storageIn(found: AppFacts['found']): Pick<PictureRow, 'storageInBytes' | 'limitInBytes'> {
  const places = (found?.places ?? []).filter((place) => place.reachable);
  if (places.length === 0) return {};
  const limits = places.map(({ limitInBytes }) => limitInBytes);
  const storageInBytes = places.reduce((total, { totalInBytes }) => total + totalInBytes, 0);
  return { storageInBytes, ...limitOf(limits) };
}

function withRestTogether(rows: readonly PictureRow[]): PictureRow[] {
  if (rows.length <= mostRows) return [...rows];
  const shown = rows.slice(0, mostRows - 1);
  return [...shown, together(rows.slice(mostRows - 1))];
}

function together(rows: readonly PictureRow[]): PictureRow {
  const storage = rows.map(({ storageInBytes }) => storageInBytes).filter((bytes) => bytes !== undefined);
  return {
    label: `${rows.length.toLocaleString('en-US')} others`,
    marked: rows.some(({ marked }) => marked),
    sizes: perDay((day) => {
      const sizes = rows.flatMap((row) => row.sizes[day] ?? []);
      return sizes.length === 0 ? null : sum(sizes);
    }),
    failures: perDay((day) => sum(rows.map((row) => row.failures[day] ?? 0))),
    ...(storage.length > 0 && { storageInBytes: sum(storage) }),
    ...limitOf(rows.filter((row) => row.storageInBytes !== undefined).map((row) => row.limitInBytes)),
  };
}

/** Together they have a limit only where each has one. */
function limitOf(limits: readonly (number | undefined)[]): Pick<PictureRow, 'limitInBytes'> {
  const known = limits.filter((limit) => limit !== undefined);
  if (known.length === 0 || known.length < limits.length) return {};
  return { limitInBytes: sum(known) };
}

function perDay<Each>(of: (day: number) => Each): Each[] {
  return Array.from({ length: daysShown }, (_, day) => of(day));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
