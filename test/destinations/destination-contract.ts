import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, expect, it } from 'vitest';
import {
  type ByteRange,
  type Content,
  type Destination,
  DestinationError,
} from '../../src/destinations/destination.ts';
import { newestFirst } from '../../src/domain/backup.ts';

/** A destination with nothing in it, and a way to look at it and change it behind its back. */
export interface Place {
  readonly destination: Destination;
  /** Puts something of another tool there. */
  plant(name: string, content: string): Promise<void>;
  /** The name of everything that is there, finished or not. */
  everything(): Promise<string[]>;
}

const key = 'shop/2026-11-22-03-15-00.zip';
const never = new AbortController().signal;

/** What every destination promises. */
export function honoursTheDestinationContract(open: () => Promise<Place>): void {
  let place: Place;
  let destination: Destination;

  beforeEach(async () => {
    place = await open();
    destination = place.destination;
  });

  const store = (name: string, content: string | Buffer) =>
    destination.store(name, Readable.from([Buffer.from(content)]), never);
  const contentOf = async (name: string) => (await buffer(destination.read(name))).toString();

  it('gives back the bytes it was given', async () => {
    const content = Buffer.alloc(3_000_001, 'bytes that do not fit into one read ');

    await store(key, content);

    expect((await buffer(destination.read(key))).equals(content)).toBe(true);
  });

  it('keeps a stream of many small pieces in order', async () => {
    const pieces = Array.from({ length: 5_000 }, (_, at) => Buffer.from(`${at};`));

    await destination.store(key, Readable.from(pieces, { objectMode: false }), never);

    expect(await contentOf(key)).toBe(Buffer.concat(pieces).toString());
  });

  it('stores nothing, and ends nothing else, when it is called off as it begins', async () => {
    const calledOff = new AbortController();

    const storing = destination.store(key, Readable.from([Buffer.from('bytes')]), calledOff.signal);
    calledOff.abort();

    await expect(storing).rejects.toThrow();
    expect(await place.everything()).toEqual([]);
  });

  it('stores nothing at all as an archive of zero bytes', async () => {
    await destination.store(key, Readable.from([]), never);

    expect(await destination.list('shop')).toMatchObject([{ key, sizeInBytes: 0 }]);
    expect(await contentOf(key)).toBe('');
  });

  it('gives the bytes that were asked for, and no others', async () => {
    await store(key, '0123456789');
    const some = async (range: ByteRange) => (await buffer(destination.read(key, range))).toString();

    expect(await some({ start: 0, end: 0 })).toBe('0');
    expect(await some({ start: 3, end: 5 })).toBe('345');
    expect(await some({ start: 7 })).toBe('789');
    expect(await some({ start: 7, end: 99 })).toBe('789');
    expect(await some({ start: 10 })).toBe('');
  });

  it('says how large an archive is, or that it is not there', async () => {
    await store(key, 'an archive');

    expect(await destination.head(key)).toMatchObject({ sizeInBytes: 10 });
    expect(await destination.head('shop/2026-11-22-03-15-01.zip')).toBeUndefined();
  });

  it('compares what it holds with what was read', async () => {
    await store(key, 'an archive');

    expect(await destination.verify(key, sumOf('an archive'), never)).toBe('verified');
    expect(await destination.verify(key, sumOf('an archive'), never)).toBe('verified');
  });

  it.each([
    ['other bytes', 'an Archive'],
    ['more of them', 'an archive.'],
    ['fewer', 'an arch'],
    ['none', ''],
  ])('notices that it holds not what was read but %s', async (_, held) => {
    await place.plant(key, held);

    const verified = destination.verify(key, sumOf('an archive'), never);

    await expect(verified).rejects.toBeInstanceOf(DestinationError);
    await expect(verified).rejects.toMatchObject({ kind: 'differs', message: expect.stringContaining(key) });
  });

  it('gives a link that works, or none', async () => {
    await store(key, 'an archive');

    const link = await destination.link(key, 60);

    if (link !== undefined) expect(await (await fetch(link)).text()).toBe('an archive');
    expect(link ?? 'none').toMatch(/^https?:|^none$/);
  });

  it('lists what it stored, with kind, instant and size', async () => {
    await store(key, 'full');
    await store('shop/2026-11-23-00-00-00.db.zip', 'database');
    await store('shop/2026-11-24-00-00-00.files.zip', 'all files');

    const [files, database, full] = newestFirst(await destination.list('shop'));

    expect(full).toMatchObject({ key, app: 'shop', kind: 'full', sizeInBytes: 4 });
    expect(full?.takenAt.toISO()).toBe('2026-11-22T03:15:00.000Z');
    expect(database).toMatchObject({ kind: 'db', sizeInBytes: 8 });
    expect(files).toMatchObject({ kind: 'files', sizeInBytes: 9 });
  });

  it('has an empty list for an app that was never backed up', async () => {
    expect(await destination.list('shop')).toEqual([]);
  });

  it('keeps apps apart whose names begin alike', async () => {
    await store(key, 'shop');
    await store('shop-2/2026-11-22-03-15-00.zip', 'shop-2');
    await store('shop.nl/2026-11-22-03-15-00.zip', 'shop.nl');

    expect((await destination.list('shop')).map((backup) => backup.key)).toEqual([key]);
    await destination.remove(key);
    expect(await contentOf('shop-2/2026-11-22-03-15-00.zip')).toBe('shop-2');
    expect(await contentOf('shop.nl/2026-11-22-03-15-00.zip')).toBe('shop.nl');
  });

  it('does not see what other tools keep there, nor manifests', async () => {
    const others = [
      '2026-11-22.zip',
      '2026-11-22-03-15-00.zip.partial',
      '2026-11-22-03-15-00.ZIP',
      '2026-13-45-99-99-99.zip',
      'dump d’été 🎉.zip',
      '２０２６-11-22-03-15-00.zip',
      'notes.txt',
    ];
    for (const name of others) await place.plant(`shop/${name}`, 'not ours');
    await store('shop/2026-11-22-03-15-00.manifest.json', '{}');

    expect(await destination.list('shop')).toEqual([]);
    expect(await place.everything()).toHaveLength(others.length + 1);
  });

  it('tells the manifests, also one whose archive is gone, and no other names', async () => {
    await store(key, 'an archive');
    await store('shop/2026-11-22-03-15-00.manifest.json', '{}');
    await store('shop/2026-11-20-03-15-00.db.manifest.json', '{}');
    await store('shop-2/2026-11-22-03-15-00.manifest.json', '{}');
    for (const name of ['manifest.json', '2026-13-45-99-99-99.manifest.json', 'x.manifest.json'])
      await place.plant(`shop/${name}`, '{}');

    expect((await destination.listManifests('shop')).toSorted()).toEqual([
      'shop/2026-11-20-03-15-00.db.manifest.json',
      'shop/2026-11-22-03-15-00.manifest.json',
    ]);
    expect(await destination.listManifests('blog')).toEqual([]);
  });

  it('names the folders that may be those of apps, and nothing else that is there', async () => {
    await store(key, 'archive');
    await place.plant('blog/notes.txt', 'of another tool');
    await place.plant('shop.txt', 'no folder');
    await place.plant('_trash/2026-11-22-03-15-00.zip', 'no name of an app');

    expect((await destination.listApps()).toSorted()).toEqual(['blog', 'shop']);
  });

  it('lists more than a thousand backups', async () => {
    const minutes = Array.from(
      { length: 1_001 },
      (_, at) => `${String(Math.floor(at / 60)).padStart(2, '0')}-${String(at % 60).padStart(2, '0')}`,
    );
    const plant = (minute: string) => place.plant(`shop/2026-11-22-${minute}-00.zip`, 'x');
    while (minutes.length > 0) await Promise.all(minutes.splice(0, 40).map(plant));

    expect(await destination.list('shop')).toHaveLength(1_001);
  });

  it('refuses a key that is there, and keeps what it has', async () => {
    await store(key, 'first');

    await expect(store(key, 'second')).rejects.toThrow(DestinationError);
    expect(await contentOf(key)).toBe('first');
    expect(await place.everything()).toEqual([key]);
  });

  it('keeps one of two archives stored under a key at the same time', async () => {
    const outcomes = await Promise.allSettled([store(key, 'one'), store(key, 'two')]);

    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await contentOf(key)).toBe(outcomes[0].status === 'fulfilled' ? 'one' : 'two');
    expect(await place.everything()).toEqual([key]);
  });

  it.each([
    '../outside/2026-11-22-03-15-00.zip',
    'shop/../../2026-11-22-03-15-00.zip',
    'shop/../shop-2/2026-11-22-03-15-00.zip',
    '/etc/2026-11-22-03-15-00.zip',
    'shop//2026-11-22-03-15-00.zip',
    'shop/./2026-11-22-03-15-00.zip',
    'shop\\..\\2026-11-22-03-15-00.zip',
    'shop/2026-11-22-03-15-00.zip\0.txt',
    'shop/..',
    'shop',
    '',
  ])('does nothing for a key that could lead elsewhere: %j', async (odd) => {
    await expect(store(odd, 'out')).rejects.toThrow(DestinationError);
    await expect(buffer(destination.read(odd))).rejects.toThrow(DestinationError);
    await expect(destination.head(odd)).rejects.toThrow(DestinationError);
    await expect(destination.remove(odd)).rejects.toThrow(DestinationError);
    expect(await place.everything()).toEqual([]);
  });

  it('shows nothing of an archive whose stream fails, and says why it failed', async () => {
    const cause = new Error('the dump broke');
    const halfway = Readable.from(
      (async function* () {
        yield Buffer.alloc(2_000_000);
        throw cause;
      })(),
    );

    await expect(destination.store(key, halfway, never)).rejects.toBe(cause);
    expect(await place.everything()).toEqual([]);
  });

  it('shows nothing of an archive whose stream is cut off', async () => {
    const cut = stream(1, (content) => content.destroy());

    await expect(destination.store(key, cut, never)).rejects.toThrow();
    expect(await place.everything()).toEqual([]);
  });

  it('shows nothing of an archive that is called off', async () => {
    const calledOff = new AbortController();
    const content = stream(30, () => calledOff.abort());

    await expect(destination.store(key, content, calledOff.signal)).rejects.toThrow();
    expect(content.destroyed).toBe(true);
    expect(await place.everything()).toEqual([]);
  });

  it('shows nothing before the stream has ended', async () => {
    let content: Readable | undefined;
    const halfTaken = new Promise<void>((resolve) => {
      content = stream(30, () => resolve());
    });
    const stored = destination.store(key, content ?? Readable.from([]), never);

    await halfTaken;
    expect(await destination.list('shop')).toEqual([]);
    content?.push(null);
    await stored;
    expect(await destination.list('shop')).toMatchObject([{ key, sizeInBytes: 3_000_000 }]);
  });

  it('removes a backup, and does not mind that it has gone', async () => {
    await store(key, 'gone soon');

    await destination.remove(key);
    await destination.remove(key);

    expect(await place.everything()).toEqual([]);
  });

  it('fails in words when what is to be read is not there', async () => {
    await expect(contentOf(key)).rejects.toThrow(DestinationError);
    await expect(contentOf(key)).rejects.toThrow(key);
  });

  it('can be checked without leaving anything', async () => {
    const findings = await destination.check();

    expect(findings).toEqual(
      expect.arrayContaining([
        { about: 'reachable', answer: 'yes' },
        { about: 'may list', answer: 'yes' },
        { about: 'may write', answer: 'yes' },
        { about: 'may delete', answer: 'yes' },
      ]),
    );
    expect(await place.everything()).toEqual([]);
  });
}

function sumOf(content: string): Content {
  return { sha256: createHash('sha256').update(content).digest('hex'), sizeInBytes: content.length };
}

/** A stream that gives so many pieces of 100 kB and then, asked for more, does something else. */
function stream(pieces: number, andThen: (content: Readable) => void): Readable {
  let given = 0;
  return new Readable({
    read() {
      given += 1;
      if (given <= pieces) this.push(Buffer.alloc(100_000));
      else andThen(this);
    },
  });
}
