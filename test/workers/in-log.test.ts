import { expect, it } from 'vitest';
import { HandedBack } from '../../src/queue/queue.ts';
import { inLog } from '../../workers/in-log.ts';
import { inHand } from '../support/job-in-hand.ts';

it.each([
  ['its worker died', { attempt: 2, deaths: 1 }, 'its worker died or was cut off (1)'],
  ['it was handed back', { attempt: 2, deaths: 0 }, 'it was handed back or failed before'],
])('says that a run is started again, as %s', async (_, facts, why) => {
  const { warned, log } = logging();

  await inLog('Backup of shop', inHand('r_1', {}, facts), { log }, async () => {});

  expect(warned).toEqual([`Backup of shop (r_1) is started again, attempt 2: ${why}.`]);
});

it('says that a run ended without a result when its worker stops, and hands it on all the same', async () => {
  const { warned, log } = logging();
  const leave = async () => {
    throw new HandedBack('This worker stops.');
  };

  await expect(inLog('Backup of shop', inHand('r_1', {}), { log }, leave)).rejects.toThrow(HandedBack);

  expect(warned).toEqual(['Backup of shop (r_1) ended here without a result: This worker stops.']);
});

function logging() {
  const warned: string[] = [];
  const warn = (said: string) => void warned.push(said);
  return { warned, log: { debug() {}, info() {}, warn, error() {} } };
}
