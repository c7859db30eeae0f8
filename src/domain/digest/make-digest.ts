import { toInstant } from '../instant.ts';
import { verifiedTogether } from '../verification.ts';
import { appDigest, hasFailed, runsWithin } from './app-digest.ts';
import type { DigestFacts } from './digest-facts.ts';
import { daysShown } from './digest-picture.ts';
import { AppState, type DigestApp, type DigestReport } from './digest-report.ts';
import { pictureOf } from './picture-of.ts';

/** Nobody reads on; that the rest is well is said with its number. */
const mostWellShown = 12;

/** What was gathered → what people are told. However many apps there are, none that is not well is left out. */
export function makeDigest(facts: DigestFacts): DigestReport {
  const { from, to, dueAt, late } = facts;
  const apps = facts.apps.map((app) => appDigest(app, { from, to })).toSorted(worstFirst);
  return {
    kind: 'digest',
    from: toInstant(from),
    to: toInstant(to),
    ...(dueAt !== undefined && { dueAt }),
    late,
    totals: totalsOf(apps, facts),
    apps: worthNaming(apps),
    silent: silentGroups(facts),
    ...(facts.withPicture && { picture: pictureOf(facts, apps) }),
  };
}

/** What an app's reachable destinations hold together. */
export function storageOf({ places }: Pick<DigestApp, 'places'>): number {
  return places.reduce((total, place) => total + (place.reachable ? place.totalInBytes : 0), 0);
}

/** What they may hold; left out where one of them has no limit. */
export function limitOf({ places }: Pick<DigestApp, 'places'>): number | undefined {
  const limits = places.filter((place) => place.reachable).map(({ limitInBytes }) => limitInBytes);
  return limits.every((limit) => limit !== undefined) ? sum(limits) : undefined;
}

/** Left out when nothing is known of it from before. */
export function changeOf({ places }: Pick<DigestApp, 'places'>): number | undefined {
  const changes = places.flatMap((place) => (place.reachable ? (place.changeInBytes ?? []) : []));
  return changes.length === 0 ? undefined : changes.reduce((total, change) => total + change, 0);
}

/** Unwell ones, then unknown ones; then the largest. */
function worstFirst(a: DigestApp, b: DigestApp): number {
  const rank = ({ state }: DigestApp) => AppState.options.indexOf(state);
  return rank(a) - rank(b) || storageOf(b) - storageOf(a) || (a.app < b.app ? -1 : 1);
}

function totalsOf(apps: readonly DigestApp[], facts: DigestFacts): DigestReport['totals'] {
  const changes = apps.flatMap((app) => changeOf(app) ?? []);
  const stored = facts.apps.flatMap(({ runs }) => runsWithin(runs, facts));
  const days = { from: facts.to.minus({ days: daysShown }), to: facts.to };
  const recent = facts.apps.flatMap(({ runs }) => runsWithin(runs, days));
  const places = facts.apps.flatMap(({ found }) => found?.places ?? []);
  const verification = verifiedTogether(
    places.map((place) => (place.reachable ? place.verification : undefined)),
  );
  return {
    apps: apps.length,
    unwell: apps.filter(({ state }) => state === 'unwell').length,
    unknown: apps.filter(({ state }) => state === 'unknown').length,
    runs: sum(apps.map(({ runs }) => runs)),
    failures: sum(apps.map(({ failures }) => failures)),
    storedInBytes: sum(stored.map(({ sizeInBytes = 0 }) => sizeInBytes)),
    storageInBytes: sum(apps.map(storageOf)),
    ...(changes.length > 0 && { changeInBytes: sum(changes) }),
    ...(verification && { verification }),
    recent: { runs: recent.length, failures: recent.filter(hasFailed).length },
  };
}

function worthNaming(apps: readonly DigestApp[]): DigestApp[] {
  const well = apps.filter(({ state }) => state === 'well');
  const shown = new Set(well.slice(0, mostWellShown));
  // Those of a silent group are named with the group.
  return apps.filter((app) => app.state === 'unwell' || app.muted !== undefined || shown.has(app));
}

function silentGroups({ apps, troubles }: DigestFacts): DigestReport['silent'] {
  const unheard = apps.filter(({ found }) => found === undefined);
  const groups = [...new Set(unheard.map(({ group }) => group))];
  return groups.map((group) => {
    const reason = troubles.get(group);
    const names = unheard.filter((each) => each.group === group).map(({ app }) => app);
    return { group, apps: names, ...(reason !== undefined && { reason }) };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
