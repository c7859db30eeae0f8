import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
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
});

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map(({ name }) => name);
}
