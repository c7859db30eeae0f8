import { rm, writeFile } from 'node:fs/promises';
import { type Log, sentenceOf } from '../log.ts';
import type { Running } from '../queue/queue.ts';
import type { State } from '../state/state.ts';

const everyMs = 10_000;

/**
 * Writes `file` again every ten seconds, as long as the store takes what this process gives it. A health check looks at the
 * file's age, and so at this very process, at the price of one `find`.
 */
export async function keepAliveFile(
  file: string,
  { state, log }: { readonly state: Pick<State, 'remember'>; readonly log: Log },
): Promise<Running> {
  let writing = write();

  async function write(): Promise<void> {
    try {
      await state.remember('alive-file', true, 60);
      await writeFile(file, '');
    } catch (thrown) {
      log.debug(`${file} was not written: ${sentenceOf(thrown)}`);
    }
  }

  await writing;
  const timer = setInterval(() => {
    writing = write();
  }, everyMs);

  return {
    async close() {
      clearInterval(timer);
      await writing;
      await rm(file, { force: true });
    },
  };
}
