import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { commandMenu } from '../bot/render/help.ts';
import type { ChatTools } from '../chat/tools.ts';
import type { BotPart } from '../config/parts.ts';
import { type Log, sentenceOf } from '../log.ts';
import { reports } from '../queue/contracts.ts';
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
      const jobId = `chat-trouble-${randomUUID()}`;
      try {
        await queue.add(reports, {
          id: jobId,
          data: { jobId, report: { kind: 'chat-trouble', ...trouble } },
        });
      } catch (thrown) {
        log.error(`This could not be said elsewhere: ${sentenceOf(thrown)}`);
      }
    },
  };
}
