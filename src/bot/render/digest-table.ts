import type { DateTime } from 'luxon';
import type { Block, Inline } from '../../chat/message.ts';
import type { DigestApp } from '../../domain/digest/digest-report.ts';
import { changeOf, limitOf, storageOf } from '../../domain/digest/make-digest.ts';
import { fromInstant } from '../../domain/instant.ts';
import { humanAge, humanBytes } from '../../domain/units.ts';

const marks = { unwell: '✖', unknown: '?', well: '✔' } as const;

/** A row for each app, narrow enough for a phone. */
export function digestTable(apps: readonly DigestApp[], now: DateTime): Block[] {
  if (apps.length === 0) return [];
  return [
    {
      kind: 'table',
      head: ['app', 'newest', 'storage', 'runs', 'next run'],
      rows: apps.map((app) => digestRow(app, now)),
    },
  ];
}

/** ` (+1.2 GiB)`; nothing where nothing is known of before. */
export function changeWords(change: number | undefined): string {
  if (change === undefined) return '';
  if (change === 0) return ' (no change)';
  return ` (${change > 0 ? '+' : '−'}${humanBytes(Math.abs(change))})`;
}

function digestRow(app: DigestApp, now: DateTime): Inline[] {
  const { state, runs, failures, nextRunAt } = app;
  return [
    `${marks[state]} ${app.app}`,
    newestOf(app, now),
    storageWords(app),
    failures > 0 ? `${runs}, ${failures} failed` : String(runs),
    nextRunAt === undefined ? '' : humanAge(fromInstant(nextRunAt), now),
  ];
}

function storageWords(app: DigestApp): string {
  if (!app.places.some(({ reachable }) => reachable)) return '';
  const limit = limitOf(app);
  const ofLimit = limit === undefined ? '' : ` of ${humanBytes(limit)}`;
  return `${humanBytes(storageOf(app))}${ofLimit}${changeWords(changeOf(app))}`;
}

/** One age where all destinations hold the same newest backup, else one for each. */
function newestOf({ places }: DigestApp, now: DateTime): string {
  const newest = places.map((place) => ({ destination: place.destination, words: newestAt(place, now) }));
  const [first] = newest;
  if (first === undefined) return '';
  if (newest.every(({ words }) => words === first.words)) return first.words;
  return newest.map(({ destination, words }) => `${destination} ${words}`).join(', ');
}

function newestAt(place: DigestApp['places'][number], now: DateTime): string {
  if (!place.reachable) return place.writeOnly ? 'write-only' : 'not reached';
  return place.newestAt === undefined ? 'none yet' : humanAge(fromInstant(place.newestAt), now);
}
