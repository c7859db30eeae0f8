import type { RunReport } from '../domain/report.ts';
import { chatMetrics } from './metrics/chat.ts';
import { type NewestBackup, newestMetrics } from './metrics/newest.ts';
import { openRegistry } from './metrics/prometheus.ts';
import { type QueueDepth, queueMetrics } from './metrics/queue.ts';
import { runMetrics } from './metrics/runs.ts';

/** Numbers in the words of Prometheus. https://prometheus.io/docs/instrumenting/exposition_formats/ */
export interface Exposition {
  /** The content type. */
  readonly type: string;
  readonly text: string;
}

interface Sources {
  /** Whose runs are counted. A process that hears of no runs has none. */
  readonly apps: readonly string[];
  /** What waits and goes on; rejects while the queue is away. */
  depths(): Promise<readonly QueueDepth[]>;
  /** Rejects while the queue's server is away. */
  newest(): Promise<readonly NewestBackup[]>;
  now(): Date;
}

/** What this process counts for Prometheus. */
export interface Metrics {
  /** A run has ended. */
  ran(run: RunReport): void;
  /** A chat platform was called. */
  called(platform: string, outcome: string): void;
  text(): Promise<Exposition>;
}

export function openMetrics({ apps, depths, newest, now }: Sources): Metrics {
  const registry = openRegistry();
  const lookAtQueue = queueMetrics(registry, depths);
  const lookAtNewest = newestMetrics(registry, newest, now);

  return {
    ran: runMetrics(registry, apps),
    called: chatMetrics(registry),
    async text() {
      await Promise.all([lookAtQueue(), lookAtNewest()]);
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
