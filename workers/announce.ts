import { hostname } from 'node:os';
import { toInstant } from '../src/domain/instant.ts';
import { presenceKey } from '../src/domain/presence.ts';
import { sentenceOf } from '../src/log.ts';
import type { Running } from '../src/queue/queue.ts';
import type { Tools } from './tools.ts';

const everySeconds = 10;

/** Missed three times in a row, a worker counts as gone. */
const lifetimeInSeconds = 3 * everySeconds + 5;

/** Says again and again that a worker of this group lives, so that people are told when nobody is there to do the work. */
export async function announce(
  group: string,
  { state, log, clock }: Pick<Tools, 'state' | 'log' | 'clock'>,
): Promise<Running> {
  const presence = () => ({ host: hostname(), pid: process.pid, at: toInstant(clock()) });
  let saying = say();

  async function say(): Promise<void> {
    try {
      await state.remember(presenceKey(group), presence(), lifetimeInSeconds);
    } catch (thrown) {
      log.debug(`The worker of group "${group}" could not announce itself: ${sentenceOf(thrown)}`);
    }
  }

  /** Another worker of the group announces itself again within seconds. Where this cannot be said it is over soon by itself. */
  async function withdraw(): Promise<void> {
    try {
      await state.forget(presenceKey(group));
    } catch (thrown) {
      log.debug(`The worker of group "${group}" could not say that it stops: ${sentenceOf(thrown)}`);
    }
  }

  await saying;
  const timer = setInterval(() => {
    saying = say();
  }, everySeconds * 1000);

  return {
    async close() {
      clearInterval(timer);
      await saying;
      await withdraw();
    },
  };
}
