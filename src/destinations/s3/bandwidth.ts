import { setTimeout as after } from 'node:timers/promises';

/** How fast may be sent, for all that is sent through it together. */
export interface Limit {
  /** Settles when so many bytes more may leave. */
  take(bytes: number): Promise<void>;
}

const mebibyte = 1024 * 1024;

export function limitOf(mebibytesPerSecond: number | undefined): Limit {
  if (mebibytesPerSecond === undefined) return { async take() {} };
  const bytesPerMs = (mebibytesPerSecond * mebibyte) / 1000;
  let freeAt = 0;

  return {
    async take(bytes) {
      const now = performance.now();
      const startsAt = Math.max(now, freeAt);
      freeAt = startsAt + bytes / bytesPerMs;
      if (startsAt > now) await after(startsAt - now);
    },
  };
}
