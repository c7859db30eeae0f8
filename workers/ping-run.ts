import type { RunReport } from '../src/domain/report.ts';
import type { PingOptions } from '../src/ops/ping-options.ts';
import type { RunJob } from '../src/queue/contracts.ts';
import type { JobInHand } from '../src/queue/queue.ts';
import type { Tools } from './tools.ts';

/** Words about one run to whoever watches the app from outside. */
export interface RunPings {
  begun(): void;
  ended(report: RunReport): void;
}

/** A run of a part of the app, or to some of its destinations, says nothing of the app's backups, and pings nobody. */
export function pingsOf({ id, data }: JobInHand<RunJob>, { apps, pinger }: Tools): RunPings {
  const { app, only, to } = data.command;
  const addresses: PingOptions = (only === undefined && to.length === 0 && apps.get(app)?.pings) || {};

  function send(word: keyof PingOptions): void {
    const address = addresses[word];
    if (address !== undefined) pinger.send({ runId: id, title: `The ${word} ping of ${app}`, address });
  }

  return {
    begun: () => send('start'),
    ended({ outcome }) {
      // Whoever cancelled it knows; no backup was made, and none is claimed.
      if (outcome !== 'cancelled') send(outcome === 'stored' ? 'success' : 'fail');
    },
  };
}
