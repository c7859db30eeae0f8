import { z } from 'zod';
import { humanList } from '../../domain/units.ts';
import { holdsPlaceholder } from '../placeholders.ts';

const Channels = z
  .object({
    chat: z.record(z.string(), z.unknown()).nullish().catch({}),
    channels: z.array(z.object({ to: z.string(), reports: z.array(z.string()).catch([]) })).catch([]),
  })
  .catch({ chat: {}, channels: [] });

/** Where failures are sent, as `channels` names it. */
export function whoHearsFailures(value: unknown): string[] {
  const { chat, channels } = Channels.parse(value);
  return channels
    .filter((channel) => isReached(channel, chat) && channel.reports.includes('failures'))
    .map(({ to }) => to);
}

/** Channels of chats that are not configured, which get nothing, and failures that nobody would be notified of. */
export function unheardFailures(value: unknown): string[] {
  const { chat, channels } = Channels.parse(value);
  const lost = channels.filter((channel) => !isReached(channel, chat)).map(({ to }) => to);
  const isHeard = whoHearsFailures(value).length > 0;
  return [
    ...(lost.length > 0
      ? [`Nothing can be sent to ${humanList(lost)}: "chat" does not configure that platform.`]
      : []),
    ...(isHeard
      ? []
      : [
          'Nobody would be notified of a failed backup: no channel takes "failures". Add one under "channels", such as { to: \'slack:C1\', reports: [failures, health] }; until then only the log tells.',
        ]),
  ];
}

function isReached({ to }: { to: string }, chat: object | null | undefined): boolean {
  const platforms = new Set(['console', ...Object.keys(chat ?? {})]);
  return holdsPlaceholder(to) || platforms.has(to.slice(0, to.indexOf(':')));
}
