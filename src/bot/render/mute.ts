import type { Message } from '../../chat/message.ts';
import type { ReportOf } from '../../domain/report.ts';

export function renderMuted({ mute }: ReportOf<'muted'>): Message {
  const why = mute.reason === undefined ? [] : [[`Reason: ${mute.reason}`]];
  return {
    tone: 'plain',
    title: ['Alerts about ', { strong: mute.app }, ' are muted until ', { time: mute.until }],
    blocks: [{ kind: 'lines', lines: [...why, ['If something is still wrong then, it is told then.']] }],
    actions: [{ label: 'Unmute', words: `unmute ${mute.app}` }],
  };
}

export function renderUnmuted({ app, wasMuted }: ReportOf<'unmuted'>): Message {
  const now = wasMuted ? ' are told again' : ' were not muted';
  return { tone: 'plain', title: ['Alerts about ', { strong: app }, now], blocks: [] };
}
