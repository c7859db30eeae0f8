import { sentenceOf } from '../src/log.ts';
import type { JobInHand } from '../src/queue/queue.ts';
import type { Tools } from './tools.ts';

/**
 * Does work, and writes down what its report does not say: that it is started once more, and that it ended here without a report,
 * as the worker stops, lost it to another one, or cannot go on.
 */
export async function inLog(
  title: string,
  { id, attempt, deaths }: JobInHand<unknown>,
  { log }: Pick<Tools, 'log'>,
  work: () => Promise<void>,
): Promise<void> {
  const facts = { id, attempt, deaths };
  if (attempt > 1) {
    const why =
      deaths > 0 ? `its worker died or was cut off (${deaths})` : 'it was handed back or failed before';
    log.warn(`${title} (${id}) is started again, attempt ${attempt}: ${why}.`, facts);
  }
  try {
    await work();
  } catch (thrown) {
    log.warn(`${title} (${id}) ended here without a result: ${sentenceOf(thrown)}`, {
      ...facts,
      outcome: 'left',
    });
    throw thrown;
  }
}
