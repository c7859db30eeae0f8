import type { Line, Message } from './message.ts';

/**
 * The short message that follows a card whose run ended badly: an edit notifies nobody. Nothing for any other message.
 */
export function failureNotice({ report, tone, title }: Message): Message | undefined {
  if (report?.kind !== 'run' || (report.outcome !== 'failed' && report.outcome !== 'partly'))
    return undefined;

  const reasons: Line[] = report.destinations.flatMap((stored) =>
    stored.outcome === 'failed' ? [[{ strong: stored.destination }, `: ${stored.reason}`]] : [],
  );
  const lines: Line[] = report.reason === undefined ? reasons : [[report.reason], ...reasons];
  return { tone, title, blocks: [{ kind: 'lines', lines }] };
}
