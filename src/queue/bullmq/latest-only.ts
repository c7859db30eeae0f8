/**
 * Sends one thing at a time and, when several came meanwhile, only the newest: whoever calls never waits, and nothing
 * piles up while the server is slow or away. What could not be sent is forgotten.
 */
export function latestOnly<T>(send: (facts: T) => Promise<void>): (facts: T) => void {
  let next: T | undefined;
  let sending = false;

  async function sendAll(): Promise<void> {
    sending = true;
    while (next !== undefined) {
      const facts = next;
      next = undefined;
      await send(facts).catch(() => undefined);
    }
    sending = false;
  }

  return (facts) => {
    next = facts;
    if (!sending) void sendAll();
  };
}
