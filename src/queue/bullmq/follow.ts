import type { Backend } from './backend.ts';

type OnProgress = (id: string, facts: unknown) => void;

/** Listens to what running jobs say of themselves. On PostgreSQL some of a burst is lost, so nothing else travels this way. */
export function follow(
  backend: Backend,
  name: string,
  onProgress: OnProgress,
  onError: (error: Error) => void,
) {
  const events = backend.events(name);
  events.on('error', onError);
  events.on('progress', ({ jobId, data }) => onProgress(jobId, data));
  return events;
}
