import { Counter, type Registry } from './prometheus.ts';

/** Counts calls to chat platforms. */
export function chatMetrics(registry: Registry): (platform: string, outcome: string) => void {
  const calls = new Counter({
    name: 'holdfast_chat_calls_total',
    help: 'Calls to chat platforms: answered, too-many (HTTP 429), or failed.',
    labelNames: ['platform', 'outcome'],
    registers: [registry],
  });
  return (platform, outcome) => calls.inc({ platform, outcome });
}
