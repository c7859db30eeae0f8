/** Why an address was asked for in vain. */
export interface Refusal {
  /** Holds nothing of the address. */
  readonly reason: string;
  /** Asking again would not help. */
  readonly isFinal: boolean;
}

/** Asks for an address, and does not care what is there as long as it is there. Never rejects. */
export async function ask(
  address: string,
  answerMs: number,
  signal: AbortSignal,
): Promise<Refusal | undefined> {
  const ending = new AbortController();
  const end = () => ending.abort();
  const patience = setTimeout(end, answerMs);
  signal.addEventListener('abort', end, { once: true });
  try {
    const answer = await fetch(address, { signal: ending.signal });
    await answer.body?.cancel();
    return refusalOf(answer);
  } catch (thrown) {
    const reason = ending.signal.aborted ? `there was no answer within ${answerMs / 1000} s` : codeOf(thrown);
    return { reason, isFinal: false };
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', end);
  }
}

function refusalOf({ ok, status }: Response): Refusal | undefined {
  if (ok) return undefined;
  return { reason: `it was answered with HTTP ${status}`, isFinal: status < 500 && status !== 429 };
}

/** Messages of `fetch` may hold the address; codes do not. */
function codeOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
  return `nobody was reached${code}`;
}
