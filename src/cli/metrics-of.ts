import type { DateTime } from 'luxon';
import { newestBackups } from '../bot/newest-backups.ts';
import type { BotPart } from '../config/parts.ts';
import { type Metrics, openMetrics } from '../ops/metrics.ts';
import { cleansOf, deliveriesTo, questionsOf, reports, runsOf, verifiesOf } from '../queue/contracts.ts';
import type { Queue } from '../queue/queue.ts';
import type { State } from '../state/state.ts';

interface Here {
  readonly bot?: { readonly config: Pick<BotPart, 'apps' | 'chat'> } | undefined;
  readonly workers: readonly { readonly group: string }[];
}

interface Shared {
  readonly queue: Queue;
  readonly state: State;
  readonly clock: () => DateTime;
}

/** The metrics of a process: with a bot, through which all that is told goes, of every app; else of what its workers wait for. */
export function metricsOf({ bot, workers }: Here, { queue, state, clock }: Shared): Metrics {
  const apps = bot?.config.apps ?? [];
  const groups = new Set([...workers.map(({ group }) => group), ...apps.map(({ runsOn }) => runsOn)]);
  const topics = [
    ...[...groups].flatMap((group) => [
      runsOf(group),
      cleansOf(group),
      verifiesOf(group),
      questionsOf(group),
    ]),
    ...(bot ? [reports] : []),
    ...Object.keys(bot?.config.chat ?? {}).map((platform) => deliveriesTo({ platform })),
  ];

  return openMetrics({
    apps: apps.map(({ name }) => name),
    depths: () =>
      Promise.all(topics.map(async (topic) => ({ queue: topic.name, ...(await queue.depth(topic)) }))),
    newest: () => newestBackups(apps, state),
    now: () => clock().toJSDate(),
  });
}
