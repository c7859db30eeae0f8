import type { Ask } from '../../chat/platform.ts';
import type { Command } from '../../domain/command.ts';
import { toInstant } from '../../domain/instant.ts';
import type { Report } from '../../domain/report.ts';
import { lengthOf } from '../../domain/span.ts';
import type { Answering } from '../answering.ts';
import { muteAlerts, unmuteAlerts } from './alerting.ts';

type MuteCommand = Extract<Command, { verb: 'mute' | 'unmute' }>;

/** Where no time is named. A mute always ends, or it is forgotten. */
const usual = '1h';

export async function muteAnswer(
  command: MuteCommand,
  { from }: Ask,
  { clock, state }: Answering,
): Promise<Report> {
  const { app } = command;
  const now = clock();
  if (command.verb === 'unmute')
    return { kind: 'unmuted', app, wasMuted: await unmuteAlerts(app, now, state) };

  const { span = usual, reason } = command;
  const until = toInstant(now.plus(lengthOf(span)));
  const mute = { app, until, by: from, ...(reason !== undefined && { reason }) };
  await muteAlerts(mute, state);
  return { kind: 'muted', mute };
}
