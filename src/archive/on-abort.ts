/** Destroys a stream, with the reason why, as soon as `signal` says so; until it is closed. */
export function destroyOnAbort(
  stream: { destroy(error: Error): unknown },
  signal: AbortSignal,
  closed: AbortSignal,
): void {
  const destroy = () => stream.destroy(reasonOf(signal));
  if (signal.aborted) destroy();
  else signal.addEventListener('abort', destroy, { once: true, signal: closed });
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
