import { DateTime } from 'luxon';
import { commandMenu } from '../bot/render/help.ts';
import type { ChatTools } from '../chat/tools.ts';
import type { BotPart } from '../config/parts.ts';
import type { Log } from '../log.ts';
import type { State } from '../state/state.ts';

interface Shared {
  readonly state: State;
  readonly log: Log;
}

/** What the chat platforms get of this process. */
export function chatTools({ timezone }: BotPart, { state, log }: Shared): ChatTools {
  return {
    notes: state,
    log,
    clock: () => DateTime.utc(),
    timezone,
    commands: commandMenu(),
    async alert({ problem }) {
      log.error(problem);
    },
  };
}
