import type { Warn } from './store.ts';

/** Says once that a server cannot be used, and once that it can again, however often one tries meanwhile. */
export interface Availability {
  failed(reason: string): void;
  works(): void;
}

export function watchAvailability(title: string, warn: Warn): Availability {
  let away = false;

  return {
    failed(reason) {
      if (!away) warn(`${title} cannot be used (${reason}). Trying again until it can.`);
      away = true;
    },
    works() {
      if (away) warn(`${title} is back.`);
      away = false;
    },
  };
}
