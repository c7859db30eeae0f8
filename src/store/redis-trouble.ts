/**
 * Whether Redis said no or was not reached, for the end of a sentence. A command that ran out of attempts does not know
 * why; the `last` error of its connection does.
 */
export function explainRedis(title: string, error: unknown, last: Error | undefined): string {
  const reason = wasNotReached(error) ? (last ?? error) : error;
  if (isAnswer(reason)) return `${title} said no (${reasonOf(reason)}). Check its settings and queue.url.`;
  if (!wasNotReached(error)) return reasonOf(error);
  return `${title} was not reached (${reasonOf(reason)}). Check that it runs and that queue.url is right.`;
}

/** What went wrong in as few words as the error has; some have only a code. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'MaxRetriesPerRequestError') return 'no connection';
  return error.message || (error as NodeJS.ErrnoException).code || error.name;
}

function isAnswer(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError';
}

function wasNotReached(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '' } = error as NodeJS.ErrnoException;
  return (
    error.name === 'MaxRetriesPerRequestError' ||
    /^E[A-Z]/.test(code) ||
    /Connection is closed|Command timed out/.test(error.message)
  );
}
