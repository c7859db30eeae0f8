import type { Alert } from './state.ts';

type Place = Pick<Alert, 'app' | 'destination'>;

/** Where something is wrong, as a key. No name has a space in it. */
export function placeOf({ app, destination = '' }: Place): string {
  return `${app} ${destination}`;
}

/** What is wrong and where, as a key: alerts with the same one are one alert. */
export function subjectOf({ check, ...place }: Place & Pick<Alert, 'check'>): string {
  return `${placeOf(place)} ${check}`;
}
