/** Watches that something moves while it is waited for. */
export interface StallWatch {
  /** Waits for `work`; calls `onStall` once when nothing has moved for the limit meanwhile. */
  during<T>(work: Promise<T>): Promise<T>;
  moved(): void;
}

export function watchForStall(limitInMs: number, onStall: () => void): StallWatch {
  let timer: NodeJS.Timeout | undefined;
  return {
    async during(work) {
      timer = setTimeout(onStall, limitInMs);
      try {
        return await work;
      } finally {
        clearTimeout(timer);
        timer = undefined;
      }
    },
    moved: () => timer?.refresh(),
  };
}
