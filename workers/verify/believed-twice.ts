import { DestinationError } from '../../src/destinations/destination.ts';
import type { VerifiedBackup } from '../../src/domain/verify-report.ts';
import type { Tools } from '../tools.ts';

/** What became of a backup that was read. */
export type Found = Pick<VerifiedBackup, 'found' | 'problem'>;

interface Read extends Pick<Tools, 'log'> {
  readonly key: string;
  readonly signal: AbortSignal;
}

/**
 * What a backup could not be read for, or what differs in it, is believed only when it is so a second time: a bit may have
 * changed on its way, and a server may have been away. What is right at the second time was not damaged; but who gave other
 * bytes the first time is told.
 */
export async function believedTwice(
  read: () => Promise<Found | undefined>,
  { key, signal, log }: Read,
): Promise<Found | undefined> {
  try {
    return await read();
  } catch (first) {
    if (!mayPass(first)) throw first;
    signal.throwIfAborted();
    log.warn(`${first.message} It is read a second time.`);
    const second = await secondTime(read, first);
    return first.kind === 'differs' && second?.found === 'whole' ? unsteady(key) : second;
  }
}

function mayPass(thrown: unknown): thrown is DestinationError {
  return thrown instanceof DestinationError && (thrown.kind === 'not-reached' || thrown.kind === 'differs');
}

/** That it could not be read again does not take back what differed. */
async function secondTime(
  read: () => Promise<Found | undefined>,
  first: DestinationError,
): Promise<Found | undefined> {
  try {
    return await read();
  } catch (second) {
    const isWorse = second instanceof DestinationError && second.kind === 'differs';
    throw first.kind === 'differs' && !isWorse ? first : second;
  }
}

function unsteady(key: string): Found {
  const problem = `${key} came back as something else the first time, and as it was stored the second: what is kept is whole, but somewhere on its way bytes are changed. See whether the memory, the disks and the network of both machines are in order.`;
  return { found: 'unsteady', problem };
}
