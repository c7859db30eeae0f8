import type { Told } from './chat.ts';
import type { Good } from './inspect.ts';
import type { World } from './world.ts';

interface Holdings {
  /** Every backup that is there and whole. */
  readonly good: readonly Good[];
  /** Runs whose backups were removed since, at one place or more. */
  readonly removed: ReadonlySet<string>;
  /** How many places a backup that is stored has to be at. */
  readonly places: number;
}

/** Holds what the chat was told against what is there; what does not fit, in sentences. */
export function compareWords({ chat, forgotten }: World, { good, removed, places }: Holdings): string[] {
  const told = new Map(chat.told().map((one) => [one.runId, one]));
  const silent = chat.untold().filter((runId) => !forgotten.has(runId));
  const twice = [...told.values()].filter(({ times }) => times > 1);
  const hidden = good.filter(({ runId }) => !forgotten.has(runId) && !isSaidToBeThere(told.get(runId)));
  const missing = [...told.values()].filter((one) => !removed.has(one.runId) && isMissing(one));

  function isMissing({ runId, outcome }: Told): boolean {
    const least = { stored: places, partly: 1, failed: 0, cancelled: 0 }[outcome];
    return good.filter((one) => one.runId === runId).length < least;
  }

  return [
    ...silent.map((runId) => `${runId} has no last word`),
    ...twice.map(({ runId, times }) => `${runId} has ${times} last words`),
    ...repeated(chat.cleansTold()).map((jobId) => `${jobId} has more than one last word`),
    ...hidden.map(
      ({ key, store, runId }) =>
        `${key} is at ${store}, and of ${runId} people heard: ${told.get(runId)?.text}`,
    ),
    ...missing.map(({ runId, text }) => `${runId} is not where people heard it is: ${text}`),
  ];
}

function isSaidToBeThere(told: Told | undefined): boolean {
  return told?.outcome === 'stored' || told?.outcome === 'partly';
}

function repeated(told: readonly { readonly jobId: string }[]): string[] {
  const ids = told.map(({ jobId }) => jobId);
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}
