import { DateTime } from 'luxon';
import { closedPlaces } from '../bot/closed-places.ts';
import { commandMenu } from '../bot/render/help.ts';
import { reportTrouble } from '../bot/report-trouble.ts';
import type { ChatTools } from '../chat/tools.ts';
import type { BotPart } from '../config/parts.ts';
import type { Log } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import type { State } from '../state/state.ts';

interface Shared {
  readonly queue: Queue;
  readonly state: State;
  readonly log: Log;
  readonly onCall?: ChatTools['onCall'];
}

/** What the chat platforms get of this process. */
export function chatTools(
  { timezone }: Pick<BotPart, 'timezone'>,
  { queue, state, log, onCall }: Shared,
): ChatTools {
  return {
    notes: state,
    log,
    clock: () => DateTime.utc(),
    timezone,
    commands: commandMenu(),
    ...(onCall && { onCall }),
    async alert(trouble) {
      log.error(trouble.problem);
      await reportTrouble(trouble, { queue, log });
    },
    places: closedPlaces({ queue, state, log }),
  };
}
