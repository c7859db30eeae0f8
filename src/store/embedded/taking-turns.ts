export interface Turns {
  /** Runs a statement of `session` as soon as no other session is within a transaction. */
  take<T>(session: object, statement: string, run: () => Promise<T>): Promise<T>;
  /** Whether `session` is within a transaction. */
  has(session: object): boolean;
}

/** Keeps the statements of others out of a transaction where all sessions are one in truth. */
export function takingTurns(): Turns {
  let transaction: { session: object; ended: Promise<void>; end: () => void } | undefined;

  return {
    async take(session, statement, run) {
      while (transaction !== undefined && transaction.session !== session) await transaction.ended;
      if (/^\s*begin\b/i.test(statement)) transaction = { session, ...signal() };

      try {
        return await run();
      } finally {
        if (/^\s*(commit|rollback)\b/i.test(statement) && transaction?.session === session) {
          transaction.end();
          transaction = undefined;
        }
      }
    },
    has: (session) => transaction?.session === session,
  };
}

function signal(): { ended: Promise<void>; end: () => void } {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}
