import type { Session } from '../connect.ts';
import type { Task } from '../task.ts';
import { measure } from './measure.ts';
import { refuseTooLarge, refuseUnfaithful } from './refuse-unfaithful.ts';
import { type TriggerModes, triggerModes } from './trigger-modes.ts';

/** What the embedded dumper has to know beforehand. */
export interface Preparation {
  readonly triggerModes: TriggerModes;
  readonly longestRowInBytes: number;
}

/** @throws {DatabaseError} when the embedded dumper cannot carry this database faithfully. */
export async function prepareEmbedded(session: Session, task: Task): Promise<Preparation> {
  await refuseUnfaithful(session, task);
  const measured = await measure(session, task.choice);
  refuseTooLarge(task, measured);

  return {
    triggerModes: await triggerModes(session, task.options.database),
    longestRowInBytes: measured.longestRowInBytes,
  };
}
