import type { Destination } from '../../src/destinations/destination.ts';
import { gate } from './gate.ts';

export interface HeldDestination extends Destination {
  /** Settles when something is about to be stored. */
  readonly reached: Promise<void>;
  letGo(): void;
}

/** A destination that stores nothing before it is let go, or told to end. */
export function held(destination: Destination): HeldDestination {
  const reached = gate();
  const released = gate();

  return {
    ...destination,
    reached: reached.opened,
    letGo: released.open,
    async store(key, content, signal, options) {
      reached.open();
      signal.addEventListener('abort', released.open);
      await released.opened;
      await destination.store(key, content, signal, options);
    },
  };
}
