import { z } from 'zod';
import { AppName } from '../../domain/backup.ts';
import { Instant } from '../../domain/instant.ts';
import { TimeZone } from '../../domain/time-zone.ts';
import { Address } from '../../domain/who.ts';
import type { State } from '../../state/state.ts';
import { Storage } from './last-digest.ts';

/** A digest on its way. It is in the state, so that whichever bot is there can finish it. */
export const Gathering = z.object({
  /** What the message is called by those who wait for it. */
  id: z.string(),
  to: Address,
  from: Instant,
  until: Instant,
  /** Left out when somebody asked for it. */
  dueAt: Instant.optional(),
  late: z.boolean(),
  zone: TimeZone,
  withPicture: z.boolean(),
  apps: z.array(AppName),
  /** At the last digest. */
  before: Storage,
  /** The worker groups that were asked. */
  groups: z.array(z.string()),
});
export type Gathering = z.infer<typeof Gathering>;

/** Nobody waits so long; and while a job is remembered, nobody can begin the same again. */
export const gatheringLifetimeInSeconds = 24 * 3600;

export function gatheringKey(id: string): string {
  return `gathering.${id}`;
}

/** Where the answer of one group waits for the others. */
export function answerKey(id: string, group: string): string {
  return `${gatheringKey(id)}.${group}`;
}

/** The job that waits no longer. */
export function deadlineJob(id: string): string {
  return `finish.${id}`;
}

export async function recallGathering(id: string, state: State): Promise<Gathering | undefined> {
  return Gathering.safeParse(await state.recall(gatheringKey(id))).data;
}
