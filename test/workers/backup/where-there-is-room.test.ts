import { describe, expect, it } from 'vitest';
import { type Destination, DestinationError } from '../../../src/destinations/destination.ts';
import { whereThereIsRoom } from '../../../workers/backup/where-there-is-room.ts';
import type { Written } from '../../../workers/backup/write-archive.ts';
import { namesIn, plant } from '../../support/planted-backups.ts';
import { disk } from '../../support/shop.ts';

const KiB = 1024;
const app = { name: 'shop', checkFreeSpace: true };

/** A destination on a disk of its own, or on one that is named. */
function diskWith(name: string, freeInBytes: () => Promise<number>, itsDisk = name) {
  return { ...disk(name), freeInBytes, disk: async () => itsDisk };
}

/** Tries to write a full backup of what has so many bytes; gives the rows, and where it was written. */
async function tryOn(destinations: readonly Destination[], expected = {}) {
  const reached: string[] = [];
  const write = async (roomy: readonly Destination[]): Promise<Written> => {
    reached.push(...roomy.map(({ name }) => name));
    const stored = roomy.map(({ name }) => ({
      ...{
        outcome: 'stored' as const,
        destination: name,
        path: '/',
        sizeInBytes: 1,
        seconds: 1,
        compared: true,
      },
    }));
    return { stored, dumps: [], warnings: [] };
  };
  const wanted = { app, kind: 'full' as const, expectedInBytes: 100 * KiB, ...expected };
  const { stored } = await whereThereIsRoom(destinations, wanted, write);
  return { stored, reached };
}

describe('before a backup is made', () => {
  it('a destination without room for 1.2 times the last one is refused with the numbers; the others get theirs', async () => {
    const full = diskWith('full', async () => 2 * KiB);
    plant(full.folder, { takenAt: '2026-11-20T03:15:00Z', sizeInBytes: KiB });
    plant(full.folder, { takenAt: '2026-11-21T03:15:00Z', sizeInBytes: 2 * KiB });
    const before = namesIn(full.folder);

    const { stored, reached } = await tryOn([disk('near'), full, disk('far')]);

    expect(reached).toEqual(['near', 'far']);
    expect(stored).toEqual([
      expect.objectContaining({ outcome: 'stored', destination: 'near' }),
      {
        outcome: 'failed',
        destination: 'full',
        refused: true,
        reason:
          'full has 2.0 KiB free, and this backup needs 2.4 KiB: 1.2 times the last one. Make room on its disk, or see what can go with /backup clean shop --dry-run.',
      },
      expect.objectContaining({ outcome: 'stored', destination: 'far' }),
    ]);
    expect(namesIn(full.folder)).toEqual(before);
  });

  it('the last one of its own kind counts, and what fits exactly fits', async () => {
    const target = diskWith('near', async () => Math.ceil(1.2 * KiB));
    plant(target.folder, { takenAt: '2026-11-20T03:15:00Z', sizeInBytes: KiB });
    plant(target.folder, { takenAt: '2026-11-21T03:15:00Z', kind: 'db', sizeInBytes: 9 * KiB });

    expect((await tryOn([target])).reached).toEqual(['near']);
    expect((await tryOn([target], { kind: 'db' })).reached).toEqual([]);
  });

  it('what there is to read counts where there is no earlier one, and the way out is said', async () => {
    const { stored, reached } = await tryOn([diskWith('near', async () => 119 * KiB)]);

    expect(reached).toEqual([]);
    expect(stored).toMatchObject([
      {
        refused: true,
        reason:
          'near has 119 KiB free, and this backup needs 120 KiB: 1.2 times what there is to read, as there is no earlier one to go by. Make room, or say "checkFreeSpace: false" under apps.shop if it becomes much smaller.',
      },
    ]);
  });

  it('two destinations on one disk are looked at together, as each takes its archive', async () => {
    const free = async () => 239 * KiB;
    const [one, two] = [diskWith('one', free, 'sda'), diskWith('two', free, 'sda')];
    const elsewhere = diskWith('elsewhere', free, 'sdb');

    const { stored, reached } = await tryOn([one, two, elsewhere]);

    expect(reached).toEqual(['one', 'elsewhere']);
    expect(stored).toMatchObject([
      { outcome: 'stored', destination: 'one' },
      {
        refused: true,
        reason: expect.stringContaining(
          'two has 239 KiB free, and this backup needs 120 KiB, besides 120 KiB for one on the same disk: 1.2 times',
        ),
      },
      { outcome: 'stored', destination: 'elsewhere' },
    ]);
  });

  it('two folders of one disk are known to be that', async () => {
    const [one, two] = await Promise.all([disk('one'), disk('two')].map((each) => each.disk?.()));

    expect(one).toBe(two);
    expect(one).not.toBe(await disk('devices', '/dev').disk?.());
  });

  it('one that is refused takes no room from the others on its disk', async () => {
    const full = diskWith('full', async () => 130 * KiB, 'sda');
    plant(full.folder, { takenAt: '2026-11-20T03:15:00Z', sizeInBytes: 200 * KiB });

    const { reached } = await tryOn([full, diskWith('near', async () => 130 * KiB, 'sda')]);

    expect(reached).toEqual(['near']);
  });

  it('nobody looks when the app says so', async () => {
    const { reached } = await tryOn([diskWith('near', async () => 0)], {
      app: { ...app, checkFreeSpace: false },
    });

    expect(reached).toEqual(['near']);
  });

  it('a destination that does not tell how much is free is tried', async () => {
    const { freeInBytes: _, ...silent } = disk('silent');
    const broken = diskWith('broken', () => Promise.reject(new DestinationError('It is not there.')));

    expect((await tryOn([silent, broken])).reached).toEqual(['silent', 'broken']);
  });
});
