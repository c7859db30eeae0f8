import type { Action } from '../../chat/message.ts';

/** What one may do about a run that waits or goes on. */
export function actionsDuring(runId: string): Action[] {
  return [{ label: 'Cancel', words: `cancel ${runId}`, look: 'danger' }, detailsOf(runId)];
}

/** What one may do about a run that did not bring what was asked for. */
export function actionsAfter(runId: string): Action[] {
  return [{ label: 'Retry', words: `retry ${runId}`, look: 'primary' }, detailsOf(runId)];
}

function detailsOf(runId: string): Action {
  return { label: 'Details', words: `status ${runId}` };
}
