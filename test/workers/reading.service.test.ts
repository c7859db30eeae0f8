import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openState } from '../../src/state/registry.ts';
import { beingReadAmong, unlessBeingRead, whileReading } from '../../workers/reading.ts';
import { gate } from '../support/gate.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { onRedis } from '../support/stores.ts';

const store = openStoreForAll(onRedis);
const state = () => openState(store());
const key = 'shop/2026-11-22-03-15-00.zip';

/** A destination nobody else speaks of. */
const somewhere = () => ({ name: randomUUID() });

describe('a backup that is being read', () => {
  it('is not removed, and one elsewhere or of another name is', async () => {
    const disk = somewhere();
    const removed: string[] = [];
    const remove = (what: string) => async () => void removed.push(what);

    const [read, ...others] = await whileReading(key, disk, state(), () =>
      Promise.all([
        unlessBeingRead(key, disk, state(), remove('the one that is read')),
        unlessBeingRead(key, somewhere(), state(), remove('elsewhere')),
        unlessBeingRead(`${key}.other`, disk, state(), remove('another')),
      ]),
    );

    expect([read, ...others]).toEqual([false, true, true]);
    expect(removed.toSorted()).toEqual(['another', 'elsewhere']);
  });

  it('is that until its reading ends, and no longer, whoever else has read it', async () => {
    const disk = somewhere();
    const among = () => beingReadAmong([key, `${key}.other`], disk, state());

    const during = await whileReading(key, disk, state(), async () => {
      const both = await whileReading(key, disk, state(), among);
      return [both, await among()];
    });

    expect(during).toEqual([new Set([key]), new Set([key])]);
    expect(await among()).toEqual(new Set());
    expect(await unlessBeingRead(key, disk, state(), async () => {})).toBe(true);
  });

  it.each([0, 7, 8, 11])('is that while one of twelve still reads it: number %i', async (last) => {
    const disk = somewhere();
    const readers: { readonly end: () => void; readonly ended: Promise<void> }[] = [];
    for (let number = 0; number < 12; number++) {
      const [begun, over] = [gate(), gate()];
      const ended = whileReading(key, disk, state(), () => {
        begun.open();
        return over.opened;
      });
      readers.push({ end: over.open, ended });
      await begun.opened;
    }

    const others = readers.filter((_, number) => number !== last);
    for (const { end } of others) end();
    await Promise.all(others.map(({ ended }) => ended));

    expect(await unlessBeingRead(key, disk, state(), async () => {})).toBe(false);
    readers[last]?.end();
    await readers[last]?.ended;
  });

  it('may be read by many at once', async () => {
    const disk = somewhere();

    const readers = Array.from({ length: 20 }, () =>
      whileReading(key, disk, state(), async () => 'its bytes'),
    );

    expect(new Set(await Promise.all(readers))).toEqual(new Set(['its bytes']));
  });
});

describe('a backup that is being removed', () => {
  it('is not begun to be read', async () => {
    const disk = somewhere();
    let wasRead = false;

    const removed = await unlessBeingRead(key, disk, state(), async () => {
      const reading = whileReading(key, disk, state(), async () => {
        wasRead = true;
      });
      await expect(reading).rejects.toThrow(`${key} is being removed from ${disk.name} right now`);
    });

    expect(removed).toBe(true);
    expect(wasRead).toBe(false);
  });

  it('can be read again when it could not be removed', async () => {
    const disk = somewhere();
    const removal = unlessBeingRead(key, disk, state(), async () => {
      throw new Error('The disk is read-only.');
    });
    await expect(removal).rejects.toThrow('read-only');

    expect(await whileReading(key, disk, state(), async () => 'its bytes')).toBe('its bytes');
  });
});
