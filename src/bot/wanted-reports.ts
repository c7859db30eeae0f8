import { foundWrong } from '../domain/cleanup-report.ts';
import type { EndedWork, Report, ReportOf } from '../domain/report.ts';
import type { ChannelRule } from './channels.ts';

/** Whether a channel gets a report because its rule says so. */
export function wants({ reports }: ChannelRule, report: Report): boolean {
  return reports.some((kind) => isOfKind(report, kind));
}

/** Whether trouble is reported in a channel, of whichever kind. */
export function hearsOfTrouble({ reports }: ChannelRule): boolean {
  return !reports.every((kind) => kind === 'successes');
}

export function isResult(report: Report): report is EndedWork {
  return report.kind === 'run' || report.kind === 'cleaned' || report.kind === 'verified';
}

/** Also a clean that did all it was to do, and found that backups are missing or unlike what was stored. */
export function isFailure(report: EndedWork): boolean {
  return failures.has(report.outcome) || (report.kind === 'cleaned' && foundWrong(report));
}

const failures: ReadonlySet<EndedWork['outcome']> = new Set(['partly', 'failed', 'differs', 'unknown']);

const successes: ReadonlySet<EndedWork['outcome']> = new Set(['stored', 'cleaned']);

function isOfKind(report: Report, kind: ChannelRule['reports'][number]): boolean {
  switch (kind) {
    case 'failures':
      return isResult(report) && isFailure(report);
    case 'successes':
      return isResult(report) && successes.has(report.outcome) && !isFailure(report);
    case 'health':
      return report.kind === 'missed' || (report.kind === 'alert' && isWrong(report));
    case 'recoveries':
      return worksAgain(report) || (report.kind === 'alert' && report.news.resolved.length > 0);
    case 'digest':
      return false; // It is made for one place, and goes there by itself.
  }
}

function worksAgain(report: Report): boolean {
  return report.kind === 'run' && report.worksAgain !== undefined;
}

function isWrong({ news }: ReportOf<'alert'>): boolean {
  return news.started.length + news.reminded.length + news.flapping.length > 0;
}
