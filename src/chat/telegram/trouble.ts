import type { ChatTools } from '../tools.ts';
import { TelegramFailure } from './failure.ts';

/** What keeps the bot from hearing anything: said once when it begins, and once when it is over. */
export interface Trouble {
  failed(thrown: unknown): void;
  /** Telegram answered as it should. */
  heard(): void;
}

type State = 'none' | 'away' | 'conflict' | 'unauthorized';

export function trouble({ log, alert }: Pick<ChatTools, 'log' | 'alert'>): Trouble {
  let state: State = 'none';

  function begin(now: State, sentence: string): void {
    if (now === 'away') log.warn(`${sentence} Holdfast keeps trying.`);
    else void alert({ platform: 'telegram', problem: now === 'conflict' ? conflict(sentence) : sentence });
  }

  return {
    failed(thrown) {
      const now = stateAfter(thrown);
      const before = state;
      state = now;
      if (now !== before) begin(now, thrown instanceof Error ? thrown.message : String(thrown));
    },
    heard() {
      if (state !== 'none') log.info('Telegram answers again.');
      state = 'none';
    },
  };
}

function stateAfter(thrown: unknown): State {
  if (!(thrown instanceof TelegramFailure)) return 'away';
  const { is } = thrown.why;
  return is === 'conflict' || is === 'unauthorized' ? is : 'away';
}

function conflict(sentence: string): string {
  return `${sentence} Another program uses the same bot: stop it, or give this one a bot of its own. Until then commands may get lost.`;
}
