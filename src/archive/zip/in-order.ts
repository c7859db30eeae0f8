/** Results in the order their work was begun in, whatever order they come in. For one who adds and one who takes. */
export interface InOrder<T> {
  /** Settles when there is room for more. */
  add(result: Promise<T>, weight: number): Promise<void>;
  /** Nothing comes any more. */
  end(): void;
  /** Neither of the two gets anything any more but this error. */
  fail(error: unknown): void;
  /** `undefined` at the end. Who takes the next is done with the one before, which makes room. */
  next(): Promise<T | undefined>;
}

/** Lets in more while what was added and is not done with weighs less than `room`: this is what holds memory down. */
export function inOrder<T>(room: number): InOrder<T> {
  const queue: { readonly result: Promise<T>; readonly weight: number }[] = [];
  const [adder, taker] = [waiter(), waiter()];
  let isAtEnd = false;
  let failure: { readonly error: unknown } | undefined;
  let held = 0;
  let inUse = 0;

  async function untilNot(isBlocked: () => boolean, who: Waiter): Promise<void> {
    while (!failure && isBlocked()) await who.wait();
    if (failure) throw failure.error;
  }

  return {
    async add(result, weight) {
      result.catch(() => undefined); // It is told when its turn comes.
      queue.push({ result, weight });
      held += weight;
      taker.wake();
      await untilNot(() => held >= room, adder);
    },
    end() {
      isAtEnd = true;
      taker.wake();
    },
    fail(error) {
      failure ??= { error };
      adder.wake();
      taker.wake();
    },
    async next() {
      held -= inUse;
      inUse = 0;
      adder.wake();
      await untilNot(() => queue.length === 0 && !isAtEnd, taker);

      const first = queue.shift();
      inUse = first?.weight ?? 0;
      return first?.result;
    },
  };
}

interface Waiter {
  wait(): Promise<void>;
  wake(): void;
}

function waiter(): Waiter {
  let wake = () => {};
  return {
    wake: () => wake(),
    wait: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
  };
}
