import type { Warn } from '../../store/store.ts';

/**
 * Hears the errors that BullMQ has nobody to throw at. That the server is away, the store says already; what is tried
 * again every second is said once.
 */
export function tellingOfTrouble(warn: Warn): (error: Error) => void {
  let said = '';

  return (error) => {
    if (isAboutTheConnection(error) || error.message === said) return;
    said = error.message;
    warn(`The queue had trouble: ${said}`);
  };
}

/** What ioredis and pg say of a connection that was lost, or that we closed. */
function isAboutTheConnection(error: Error): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return (
    /^E[A-Z]/.test(code) ||
    /^(MaxRetriesPerRequestError|ClusterAllFailedError)$/.test(error.name) ||
    /Connection is closed|None of startup nodes|^Connection terminated|is not queryable$/.test(error.message)
  );
}
