import type { DateTime } from 'luxon';
import { z } from 'zod';
import { AppName } from './backup.ts';
import { fromInstant, Instant } from './instant.ts';
import { Who } from './who.ts';

/** What happens to an app without anybody asking. */
export const Chore = z.enum(['run', 'clean', 'monitor', 'verify']);
export type Chore = z.infer<typeof Chore>;

/** A chore that is due, so many seconds after what its cron expression says. */
export const Firing = z.strictObject({ app: AppName, chore: Chore, delayInSeconds: z.int().nonnegative() });
export type Firing = z.infer<typeof Firing>;

/** The chores of an app are not seen to until then; left out: until somebody resumes them. */
export const Pause = z.object({ until: Instant.optional(), by: Who, at: Instant });
export type Pause = z.infer<typeof Pause>;

/** Where the last pause of an app is kept, for a while after its end, too: what was due in it was left out on purpose. */
export function pauseKey(app: string): string {
  return `paused.${app}`;
}

/** The pause that `recalled` is, if there is one. */
export function readPause(recalled: unknown): Pause | undefined {
  return Pause.safeParse(recalled).data;
}

export function isPausedAt(pause: Pause | undefined, instant: DateTime): pause is Pause {
  if (pause === undefined || instant < fromInstant(pause.at)) return false;
  return pause.until === undefined || instant < fromInstant(pause.until);
}
