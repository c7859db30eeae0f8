import type { DateTime } from 'luxon';
import type { Message } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { ReportOf } from '../../domain/report.ts';
import { humanAge } from '../../domain/units.ts';
import { nameOf } from './run-words.ts';

const outcomeWords = {
  stored: 'it is stored',
  partly: 'it is done in part',
  failed: 'it failed by itself',
  cancelled: 'it was cancelled',
  cleaned: 'it is done',
  whole: 'all is whole',
  differs: 'something is not what was stored',
  unknown: 'not everything could be read',
  'not-begun': 'its plan had become another one, so nothing was removed',
} as const;

const cancelledWords = {
  run: 'nothing was stored',
  clean: 'what was not removed yet stays',
  verify: 'what was not read yet is not known',
} as const;

const subjects = {
  run: 'The backup of ',
  clean: 'The clean of ',
  verify: 'The verification of ',
} as const;

/** For whoever asked to cancel. */
export function renderCancel(cancel: ReportOf<'cancel'>, now: DateTime): Message {
  const { runId, doing, app, by, became, outcome = 'stored', finishedAt } = cancel;
  const subject = [subjects[doing], { strong: app }];
  switch (became) {
    case 'cancelled':
      return about(runId, 'good', [...subject, ` is cancelled: ${cancelledWords[doing]}`]);
    case 'awaited':
      return about(runId, 'working', [
        ...subject,
        ` is being cancelled, as ${nameOf(by)} asked; it ends as soon as its worker hears of it`,
      ]);
    case 'too-late': {
      const ago = finishedAt === undefined ? '' : ` ${humanAge(fromInstant(finishedAt), now)}`;
      return about(runId, 'warning', [
        ...subject,
        ` finished${ago}, before it could be cancelled: ${outcomeWords[outcome]}`,
      ]);
    }
  }
}

function about(runId: string, tone: Message['tone'], title: Message['title']): Message {
  return { tone, title: [...title, ', ', { code: runId }], blocks: [] };
}
