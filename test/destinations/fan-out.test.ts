import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { copyArchive } from '../../src/destinations/copy.ts';
import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import { fanOut } from '../../src/destinations/fan-out.ts';
import { openDestination } from '../../src/destinations/registry.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const key = 'shop/2026-11-22-03-15-00.zip';
const never = new AbortController().signal;
const options = { signal: never, clock: () => DateTime.utc(), stallTimeoutInMs: 60_000 };

const folder = (name: string, path = temporaryFolder()) =>
  openDestination(name, { driver: 'local', path, createFolder: true });
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A destination that does with the stream what `store` does, and nothing else. */
function destinationThat(store: Destination['store'], name = 'other'): Destination {
  return { ...folder(name), store };
}

/** So many MiB, and how many have been asked for. */
function archiveOf(mebibytes: number) {
  const given = { mebibytes: 0, bytes: createHash('sha256') };
  const stream = new Readable({
    read() {
      if (given.mebibytes === mebibytes) return void this.push(null);
      given.mebibytes += 1;
      const chunk = Buffer.alloc(1024 * 1024, `MiB ${given.mebibytes} `);
      given.bytes.update(chunk);
      this.push(chunk);
    },
  });
  return { stream, given };
}

describe('fan-out', () => {
  it('stores one stream at every destination, and says what it was', async () => {
    const { stream, given } = archiveOf(20);
    const destinations = [folder('one'), folder('two'), folder('three')];

    const { stored, archive } = await fanOut(stream, destinations, key, options);

    const sum = given.bytes.digest('hex');
    expect(archive).toEqual({ sha256: sum, sizeInBytes: 20 * 1024 * 1024 });
    expect(destinations.map(({ locate }) => sha256(readFileSync(locate(key))))).toEqual([sum, sum, sum]);
    expect(stored).toMatchObject(
      destinations.map(({ name, locate }) => ({ outcome: 'stored', destination: name, path: locate(key) })),
    );
  });

  it('says how long each destination took', async () => {
    let now = DateTime.utc(2026, 11, 22);
    const clock = () => {
      now = now.plus({ seconds: 1 });
      return now;
    };

    const { stored } = await fanOut(Readable.from([]), [folder('disk')], key, { ...options, clock });

    expect(stored).toMatchObject([{ seconds: 1, compared: true }]);
  });

  it('tells how many bytes have left, as they do', async () => {
    const told: number[] = [];
    const pieces = [Buffer.from('abc'), Buffer.from('de')];

    await fanOut(Readable.from(pieces), [folder('disk')], key, {
      ...options,
      onBytes: (sizeInBytes) => told.push(sizeInBytes),
    });

    expect(told).toEqual([3, 5]);
  });

  it('goes on without a destination that fails, and gives its reason', async () => {
    const { stream, given } = archiveOf(20);
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const good = folder('good');
    const failsHalfway = destinationThat(async (_, content) => {
      for await (const _chunk of content) throw new DestinationError('No space is left.');
    }, 'full');

    const { stored, archive } = await fanOut(stream, [folder('bad', file), good, failsHalfway], key, options);

    expect(stored).toMatchObject([
      {
        outcome: 'failed',
        destination: 'bad',
        reason: expect.stringContaining('is a file and not a folder'),
      },
      { outcome: 'stored', destination: 'good' },
      { outcome: 'failed', destination: 'full', reason: 'No space is left.' },
    ]);
    expect(sha256(readFileSync(good.locate(key)))).toBe(archive?.sha256);
    expect(archive?.sha256).toBe(given.bytes.digest('hex'));
  });

  it('does not count a destination that stops reading early as one that has it', async () => {
    const careless = destinationThat(async (_, content) => {
      for await (const _chunk of content) return;
    });

    const { stored } = await fanOut(archiveOf(3).stream, [careless, folder('good')], key, options);

    expect(stored).toMatchObject([
      { outcome: 'failed', reason: 'other stopped reading before the end of the archive.' },
      { outcome: 'stored' },
    ]);
  });

  it('stops reading the source once every destination has failed', async () => {
    const { stream, given } = archiveOf(100);
    const refuse = async () => {
      throw new DestinationError('It said no.');
    };

    const result = await fanOut(stream, [destinationThat(refuse), destinationThat(refuse)], key, options);

    expect(result.archive).toBeUndefined();
    expect(result.stored).toMatchObject([{ reason: 'It said no.' }, { reason: 'It said no.' }]);
    expect(stream.destroyed).toBe(true);
    expect(given.mebibytes).toBeLessThan(10);
  });

  it('reads no faster than the slowest destination takes, so that memory stays flat', async () => {
    const { stream, given } = archiveOf(64);
    let taken = 0;
    let furthestAhead = 0;
    const slow = destinationThat(async (_, content) => {
      for await (const chunk of content) {
        furthestAhead = Math.max(furthestAhead, given.mebibytes - taken);
        taken += chunk.length / 1024 / 1024;
        // Gives the source and the others every chance to run ahead.
        for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      }
    });

    await fanOut(stream, [slow, folder('fast')], key, options);

    expect(taken).toBe(64);
    expect(furthestAhead).toBeLessThan(8);
  });

  it('shows nothing anywhere when the source fails, and fails with its reason', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    const cause = new Error('the dump broke');
    const source = Readable.from(
      (async function* () {
        yield Buffer.alloc(3_000_000);
        throw cause;
      })(),
    );

    await expect(fanOut(source, [folder('one', one), folder('two', two)], key, options)).rejects.toBe(cause);
    expect([filesIn(one), filesIn(two)]).toEqual([[], []]);
  });

  it('shows nothing anywhere when it is called off', async () => {
    const path = temporaryFolder();
    const calledOff = new AbortController();
    const reason = new Error('the worker is closing');
    const { stream, given } = archiveOf(1_000);

    const result = fanOut(stream, [folder('disk', path)], key, {
      ...options,
      signal: calledOff.signal,
      onBytes: () => given.mebibytes === 10 && calledOff.abort(reason),
    });

    await expect(result).rejects.toBe(reason);
    expect(filesIn(path)).toEqual([]);
    expect(given.mebibytes).toBeLessThan(20);
    expect(stream.destroyed).toBe(true);
  });

  it('can be called off before it begins', async () => {
    const path = temporaryFolder();
    const reason = new Error('too late');

    const result = fanOut(archiveOf(3).stream, [folder('disk', path)], key, {
      ...options,
      signal: AbortSignal.abort(reason),
    });

    await expect(result).rejects.toBe(reason);
    expect(filesIn(path)).toEqual([]);
  });
  it('gives up a destination that takes no byte any more, and cleans up there; the others get theirs', async () => {
    const { stream, given } = archiveOf(20);
    const path = temporaryFolder();
    const hangs = destinationThat(
      (key, content, signal) =>
        folder('behind', path).store(key, Readable.from(untilAborted(content, signal)), signal),
      'hangs',
    );
    const good = folder('good');

    const { stored } = await fanOut(stream, [hangs, good], key, { ...options, stallTimeoutInMs: 2000 });

    expect(stored).toMatchObject([
      {
        outcome: 'failed',
        destination: 'hangs',
        reason: expect.stringContaining('took no byte'),
        refused: false,
      },
      { outcome: 'stored', destination: 'good', compared: true },
    ]);
    expect(sha256(readFileSync(good.locate(key)))).toBe(given.bytes.digest('hex'));
    expect(filesIn(path)).toEqual([]);
  });

  it('goes on without one that takes no byte and keeps the others waiting, long before it would be given up', async () => {
    const { stream, given } = archiveOf(20);
    const good = folder('good');
    const hangs = destinationThat(async (_, _content, signal) => untilDropped(signal), 'hangs');

    const { stored } = await fanOut(stream, [hangs, good], key, { ...options, holdUpInMs: 1000 });

    expect(stored).toMatchObject([
      { outcome: 'failed', reason: expect.stringContaining('went on without it'), refused: false },
      { outcome: 'stored', destination: 'good', compared: true },
    ]);
    expect(sha256(readFileSync(good.locate(key)))).toBe(given.bytes.digest('hex'));
  });

  it('goes on without one that has it all and never says so', async () => {
    const silent = destinationThat(async (_, content, signal) => {
      await finished(content.resume());
      await untilDropped(signal);
    });

    const { stored } = await fanOut(archiveOf(2).stream, [silent, folder('good')], key, {
      ...options,
      holdUpInMs: 1000,
    });

    expect(stored).toMatchObject([
      { outcome: 'failed', reason: expect.stringContaining('went on without it') },
      { outcome: 'stored' },
    ]);
  });

  it('waits for a slow one that does take bytes, however few', async () => {
    const holdUpInMs = 1000;
    const slow = destinationThat(async (_, content, _signal, told) => {
      for (let byte = 0; byte < 5; byte += 1) {
        await setTimeout(holdUpInMs / 4);
        told?.onMoved?.();
      }
      await finished(content.resume());
    });

    const { stored } = await fanOut(archiveOf(4).stream, [{ ...slow, verify }, folder('good')], key, {
      ...options,
      holdUpInMs,
    });

    expect(stored).toMatchObject([{ outcome: 'stored' }, { outcome: 'stored' }]);
  });

  it('waits as long as for a single one when nobody else could go on either', async () => {
    const held = new AbortController();
    const waits = (name: string) =>
      destinationThat(async (_, content) => {
        await once(held.signal, 'abort');
        await finished(content.resume());
      }, name);
    const fails = destinationThat(async () => {
      throw new DestinationError('It said no.');
    });
    const holdUpInMs = 20;

    const result = fanOut(archiveOf(4).stream, [{ ...waits('one'), verify }, fails], key, {
      ...options,
      holdUpInMs,
    });
    await setTimeout(5 * holdUpInMs);
    held.abort();

    expect((await result).stored).toMatchObject([{ outcome: 'stored' }, { outcome: 'failed' }]);
  });

  it('gives up a destination that never says it has the end of the archive', async () => {
    const silent = destinationThat(async (_, content, signal) => {
      await finished(content.resume());
      await once(signal, 'abort');
      throw signal.reason;
    });

    const { stored } = await fanOut(archiveOf(2).stream, [silent, folder('good')], key, {
      ...options,
      stallTimeoutInMs: 2000,
    });

    expect(stored).toMatchObject([
      { outcome: 'failed', reason: expect.stringContaining('took no byte') },
      { outcome: 'stored' },
    ]);
  });

  it('does not blame a destination for a source that is slow', async () => {
    const stallTimeoutInMs = 1000;
    const source = Readable.from(
      (async function* () {
        yield Buffer.from('first');
        await setTimeout(1.5 * stallTimeoutInMs);
        yield Buffer.from('last');
      })(),
    );

    const { stored } = await fanOut(source, [folder('disk')], key, { ...options, stallTimeoutInMs });

    expect(stored).toMatchObject([{ outcome: 'stored' }]);
  });

  it('believes no destination: what it holds is compared, and removed when it is something else', async () => {
    const rotten = folder('rotten');
    const flipsBits: Destination = {
      ...rotten,
      store: (key, content, signal) =>
        rotten.store(key, Readable.from(flipped(content), { objectMode: false }), signal),
    };

    const { stored } = await fanOut(archiveOf(3).stream, [flipsBits, folder('good')], key, options);

    expect(stored).toMatchObject([
      { outcome: 'failed', reason: expect.stringMatching(/does not hold what was stored/), refused: true },
      { outcome: 'stored', compared: true },
    ]);
    expect(existsSync(rotten.locate(key))).toBe(false);
  });

  it('says where something worthless is left because it could not be removed', async () => {
    const rotten = folder('rotten');
    const stuck: Destination = {
      ...rotten,
      store: (key, content, signal) =>
        rotten.store(key, Readable.from(flipped(content), { objectMode: false }), signal),
      remove: async () => {
        throw new DestinationError('It is locked.');
      },
    };

    const { stored } = await fanOut(archiveOf(3).stream, [stuck], key, options);

    expect(stored).toMatchObject([
      {
        outcome: 'failed',
        reason: expect.stringMatching(
          /could not be removed either.*2026-11-22-03-15-00\.zip: It is locked\./,
        ),
      },
    ]);
  });

  it.each([
    ['refuses', new DestinationError('It is in a cold storage class.')],
    ['does not answer', new DestinationError('It was not reached.', { kind: 'not-reached' })],
    ['does not allow', new DestinationError('It is write-only.', { kind: 'write-only' })],
  ])(
    'keeps what it could not compare because the destination %s to give it back, and says why',
    async (_, why) => {
      const cold: Destination = { ...folder('cold'), verify: () => Promise.reject(why) };

      const { stored, archive } = await fanOut(archiveOf(1).stream, [cold], key, options);

      expect(stored).toMatchObject([{ outcome: 'stored', compared: false, note: why.message }]);
      expect(sha256(readFileSync(cold.locate(key)))).toBe(archive?.sha256);
    },
  );

  it('keeps what is not given back in time, and says that it was not compared', async () => {
    const silent: Destination = {
      ...folder('silent'),
      verify: (_key, _content, signal) => untilDropped(signal),
    };

    const { stored } = await fanOut(archiveOf(1).stream, [silent], key, {
      ...options,
      stallTimeoutInMs: 1000,
    });

    expect(stored).toMatchObject([
      {
        outcome: 'stored',
        compared: false,
        note: expect.stringContaining('silent did not give the archive back'),
      },
    ]);
    expect(existsSync(silent.locate(key))).toBe(true);
  });

  const different = new DestinationError('It is something else.', { kind: 'differs' });

  it('believes a difference only when it is there a second time: what changed on its way back stays', async () => {
    const steady = folder('disk');
    const errors = [different];
    const unsteady: Destination = {
      ...steady,
      async verify() {
        for (const error of errors.splice(0)) throw error;
        return 'verified';
      },
    };

    const { stored } = await fanOut(archiveOf(1).stream, [unsteady], key, options);

    expect(stored).toMatchObject([
      {
        outcome: 'stored',
        compared: true,
        note: expect.stringContaining('as something else the first time'),
      },
    ]);
    expect(existsSync(steady.locate(key))).toBe(true);
  });

  it.each([
    ['could not be read a second time', [different, new DestinationError('Away.', { kind: 'not-reached' })]],
    ['is not there', [new DestinationError('It is not there.', { kind: 'missing' })]],
  ])('removes nothing, and counts nothing as stored, that %s', async (_, errors) => {
    const removed: string[] = [];
    const odd: Destination = {
      ...folder('odd'),
      verify: () => Promise.reject(errors.shift()),
      remove: async (key) => void removed.push(key),
    };

    const { stored } = await fanOut(archiveOf(1).stream, [odd], key, options);

    expect(stored).toMatchObject([{ outcome: 'failed' }]);
    expect(removed).toEqual([]);
  });

  it('says so when write-only credentials leave nothing to compare', async () => {
    const writeOnly: Destination = { ...folder('vault'), verify: async () => 'write-only' };

    const { stored } = await fanOut(archiveOf(1).stream, [writeOnly], key, options);

    expect(stored).toMatchObject([{ outcome: 'stored', compared: false }]);
  });
});

describe('copying an archive', () => {
  it('brings it from one destination to others in one reading', async () => {
    const [from, one, two] = [folder('from'), folder('one'), folder('two')];
    const { archive } = await fanOut(archiveOf(5).stream, [from], key, options);
    if (archive === undefined) throw new Error('Nothing was stored.');

    const rows = await copyArchive(from, [one, two], key, archive, options);

    expect(rows).toMatchObject([
      { outcome: 'stored', destination: 'one', copiedFrom: 'from' },
      { outcome: 'stored', destination: 'two', copiedFrom: 'from' },
    ]);
    expect([one, two].map(({ locate }) => sha256(readFileSync(locate(key))))).toEqual([
      archive.sha256,
      archive.sha256,
    ]);
  });

  it('hands no damage on', async () => {
    const [from, to] = [folder('from'), folder('to')];
    const { archive } = await fanOut(archiveOf(5).stream, [from], key, options);
    if (archive === undefined) throw new Error('Nothing was stored.');
    const path = from.locate(key);
    chmodSync(path, 0o600);
    writeFileSync(path, Buffer.concat([...flipSync(readFileSync(path))]));

    await expect(copyArchive(from, [to], key, archive, options)).rejects.toThrow('does not hold');

    expect(existsSync(to.locate(key))).toBe(false);
  });
});

const verify = async () => 'verified' as const;

async function untilDropped(signal: AbortSignal): Promise<never> {
  await once(signal, 'abort');
  throw signal.reason;
}

/** The first piece, and then nothing for as long as anybody waits. */
async function* untilAborted(content: AsyncIterable<Buffer>, signal: AbortSignal): AsyncIterable<Buffer> {
  for await (const chunk of content) {
    yield chunk;
    await once(signal, 'abort');
  }
}

/** The same bytes, but for one bit. */
async function* flipped(content: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let first = true;
  for await (const chunk of content) {
    if (first) yield* flipSync(chunk);
    else yield chunk;
    first = false;
  }
}

function* flipSync(chunk: Buffer): Iterable<Buffer> {
  const copy = Buffer.from(chunk);
  copy[0] = (copy[0] ?? 0) ^ 1;
  yield copy;
}

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map(({ name }) => name);
}
