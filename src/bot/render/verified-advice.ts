import type { Line } from '../../chat/message.ts';
import { humanList } from '../../domain/units.ts';
import type { VerifiedReport } from '../../domain/verify-report.ts';

interface Read {
  readonly key: string;
  readonly destination: string;
}

/** A destination that rots says the same of every backup. */
const mostNamed = 10;

/** What to do about backups that are not what was stored: nothing when there are none. */
export function adviceOn(verified: VerifiedReport): Line[] {
  const damaged = readAs('differs', verified);
  if (damaged.length === 0) return [];

  const whole = readAs('whole', verified);
  return [
    [
      'A clean of ',
      { strong: verified.app },
      ' neither counts what is damaged nor removes it, so it costs no whole backup.',
    ],
    ...damaged.slice(0, mostNamed).map((each) => wayOut(each, whole)),
  ];
}

function readAs(wanted: 'whole' | 'differs', { places }: VerifiedReport): Read[] {
  return places.flatMap((place) =>
    (place.reachable ? place.backups : [])
      .filter(({ found }) => found === wanted)
      .map(({ key }) => ({ key, destination: place.destination })),
  );
}

function wayOut({ key, destination }: Read, whole: readonly Read[]): Line {
  const elsewhere = whole.filter((each) => each.key === key).map((each) => each.destination);
  if (elsewhere.length > 0)
    return [
      { code: key },
      ` is whole at ${humanList(elsewhere)}: copy it from there to ${destination}, with its manifest.`,
    ];
  return [
    { code: key },
    ` at ${destination} is whole nowhere that was read: run a backup now, and keep the older ones.`,
  ];
}
