import type { DateTime } from 'luxon';
import type { Message } from '../chat/message.ts';
import type { Report } from '../domain/report.ts';
import { storable } from '../domain/storable.ts';
import { renderAlert } from './render/alert.ts';
import { renderCancel } from './render/cancel.ts';
import { renderCleanQueued } from './render/clean-progress.ts';
import { renderCleaned } from './render/cleaned.ts';
import { renderCleanupPlan } from './render/cleanup-plan.ts';
import { renderDetails } from './render/details.ts';
import { renderDigest } from './render/digest.ts';
import { renderHealth } from './render/health.ts';
import { renderHelp, renderWhoami } from './render/help.ts';
import { renderLink } from './render/link.ts';
import { renderBackups, renderOverview } from './render/lists.ts';
import { renderMissed } from './render/missed.ts';
import { renderMuted, renderUnmuted } from './render/mute.ts';
import {
  renderChatTrouble,
  renderChooseApp,
  renderNotUnderstood,
  renderNoWorker,
  renderRefused,
  renderTrouble,
} from './render/problems.ts';
import { renderRun } from './render/run.ts';
import { renderPaused, renderResumed, renderSchedule } from './render/schedule.ts';
import { renderStatus } from './render/status.ts';
import { renderAlreadyRunning, renderQueued } from './render/unfinished.ts';
import { renderVerified } from './render/verified.ts';
import { renderVerifyQueued } from './render/verify-progress.ts';

/** The words for everything the product tells people. `now` is what ages are measured against. */
export function render(report: Report, now: DateTime): Message {
  const sayable = storable(report); // What a store refuses, a chat platform refuses too.
  return { ...wordsFor(sayable, now), report: sayable };
}

function wordsFor(report: Report, now: DateTime): Message {
  switch (report.kind) {
    case 'run':
      return renderRun(report);
    case 'queued':
      return renderQueued(report);
    case 'already-running':
      return renderAlreadyRunning(report, now);
    case 'cancel':
      return renderCancel(report, now);
    case 'details':
      return renderDetails(report, now);
    case 'cleanup-plan':
      return renderCleanupPlan(report);
    case 'clean-queued':
      return renderCleanQueued(report, now);
    case 'cleaned':
      return renderCleaned(report);
    case 'verify-queued':
      return renderVerifyQueued(report, now);
    case 'verified':
      return renderVerified(report);
    case 'overview':
      return renderOverview(report, now);
    case 'backups':
      return renderBackups(report, now);
    case 'health':
      return renderHealth(report, now);
    case 'alert':
      return renderAlert(report);
    case 'missed':
      return renderMissed(report);
    case 'schedule':
      return renderSchedule(report);
    case 'paused':
      return renderPaused(report);
    case 'resumed':
      return renderResumed(report);
    case 'muted':
      return renderMuted(report);
    case 'unmuted':
      return renderUnmuted(report);
    case 'status':
      return renderStatus(report, now);
    case 'digest':
      return renderDigest(report, now);
    case 'link':
      return renderLink(report);
    case 'help':
      return renderHelp(report);
    case 'whoami':
      return renderWhoami(report);
    case 'refused':
      return renderRefused(report);
    case 'not-understood':
      return renderNotUnderstood(report);
    case 'choose-app':
      return renderChooseApp(report);
    case 'no-worker':
      return renderNoWorker(report);
    case 'trouble':
      return renderTrouble(report);
    case 'chat-trouble':
      return renderChatTrouble(report);
  }
}
