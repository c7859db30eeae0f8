/** Watches that something moves while it is waited for. */
export interface StallWatch {
  /** Waits for `work`; calls `onStall` each time that nothing has moved for the limit meanwhile. */
  during<T>(work: Promise<T>, limitInMs: number): Promise<T>;
  moved(): void;
}

export function watchForStall(onStall: () => void): StallWatch {
  let timer: NodeJS.Timeout | undefined;
  return {
    async during(work, limitInMs) {
      timer = setInterval(onStall, limitInMs);
      try {
        return await work;
      } finally {
        clearInterval(timer);
        timer = undefined;
      }
    },
    moved: () => timer?.refresh(),
  };
}
