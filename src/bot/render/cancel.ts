import type { DateTime } from 'luxon';
import type { Message } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { ReportOf } from '../../domain/report.ts';
import { humanAge } from '../../domain/units.ts';
import { nameOf } from './run-words.ts';

const outcomeWords = {
  stored: 'it is stored',
  partly: 'it is stored partly',
  failed: 'it failed by itself',
  cancelled: 'it was cancelled',
} as const;

/** For whoever asked to cancel. */
export function renderCancel(cancel: ReportOf<'cancel'>, now: DateTime): Message {
  const { runId, app, by, became, outcome = 'stored', finishedAt } = cancel;
  switch (became) {
    case 'cancelled':
      return about(runId, 'good', ['The backup of ', { strong: app }, ' is cancelled: nothing was stored']);
    case 'awaited':
      return about(runId, 'working', [
        'The backup of ',
        { strong: app },
        ` is being cancelled, as ${nameOf(by)} asked; it ends as soon as its worker hears of it`,
      ]);
    case 'too-late': {
      const ago = finishedAt === undefined ? '' : ` ${humanAge(fromInstant(finishedAt), now)}`;
      return about(runId, 'warning', [
        'The backup of ',
        { strong: app },
        ` finished${ago}, before it could be cancelled: ${outcomeWords[outcome]}`,
      ]);
    }
  }
}

function about(runId: string, tone: Message['tone'], title: Message['title']): Message {
  return { tone, title: [...title, ', ', { code: runId }], blocks: [] };
}
