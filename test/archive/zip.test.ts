import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/archive/archive.ts';
import { each, fileEntry, modifiedAt, zippedAs, zips } from './zipping.ts';

describe.each(zips)('a zip at level %s', (_, zip) => {
  const zipped = zippedAs(zip);

  it('counts its entries and what went in', async () => {
    const folder = { kind: 'folder', name: 'a', mode: 0o755, modifiedAt } as const;
    const link = { kind: 'link', name: 'b', mode: 0o777, modifiedAt, target: 'a' } as const;

    const { stream, summary } = zipped([folder, link, fileEntry('a/c', 'hello'), fileEntry('empty', '')]);
    await buffer(stream);

    expect(await summary).toEqual({ entries: 4, contentInBytes: 5 });
  });

  it('leaves out what is gone when its turn comes', async () => {
    const gone: Entry = { kind: 'file', name: 'gone', mode: 0o644, modifiedAt, open: async () => undefined };

    const { stream, summary } = zipped([gone, fileEntry('there', 'hello')]);
    const bytes = await buffer(stream);

    expect(await summary).toEqual({ entries: 1, contentInBytes: 5 });
    expect(bytes.includes('gone')).toBe(false);
  });

  it('tells how much of which entry went in', async () => {
    const told = new Map<string, number>();
    const onContent = ({ name }: Entry, bytes: number) => told.set(name, (told.get(name) ?? 0) + bytes);
    const entries = each([fileEntry('a', 'hello'), fileEntry('b', [Buffer.alloc(1e5), Buffer.alloc(1e5)])]);

    await buffer(zip(entries, { signal: new AbortController().signal, onContent }).stream);

    expect([...told]).toEqual([
      ['a', 5],
      ['b', 200_000],
    ]);
  });

  it('takes a small file whole, and to its end when it has become a large one', async () => {
    const small = { ...fileEntry('small.log', 'hello'), sizeInBytes: 5 };
    const grown = { ...fileEntry('grown.log', [Buffer.alloc(1e5), Buffer.alloc(1e5, 'x')]), sizeInBytes: 5 };

    const { stream, summary } = zipped([small, grown, small]);
    await buffer(stream);

    expect(await summary).toEqual({ entries: 3, contentInBytes: 200_010 });
  });

  it('opens an entry only when the one before it is complete', async () => {
    const events: string[] = [];
    const entries = ['a', 'b', 'c'].map((name) => watched(name, events));

    await buffer(zipped(entries).stream);

    expect(events).toEqual(['open a', 'end a', 'open b', 'end b', 'open c', 'end c']);
  });

  it('asks for no more entries than there is room for', async () => {
    let asked = 0;
    async function* folders(): AsyncGenerator<Entry> {
      for (; asked < 1_000_000; asked++)
        yield { kind: 'folder', name: `folder-${asked}`, mode: 0o755, modifiedAt };
    }

    const { stream } = zipped(folders());
    await untilQuiet(() => asked);
    stream.destroy();

    expect(asked).toBeLessThan(100_000);
  });

  it('reads no further ahead of a destination that has stopped than memory has room for', async () => {
    let asked = 0;
    const noise = randomBytes(500_000);
    async function* dumps(): AsyncGenerator<Entry> {
      for (; asked < 10_000; asked++) yield fileEntry(`dump-${asked}`, noise);
    }

    const { stream } = zipped(dumps());
    await once(
      stream.on('readable', () => undefined),
      'readable',
    );
    await untilQuiet(() => asked);
    stream.destroy();

    expect(asked * noise.length).toBeLessThan(20_000_000);
  });
});

describe.each(zips)('a zip at level %s that fails', (_, zip) => {
  const zipped = zippedAs(zip);

  it('ends with the error of the content that failed', async () => {
    const broken = brokenAfter(100_000, new Error('The dump was killed.'));
    const { stream, summary } = zipped([fileEntry('a', 'hello'), broken, fileEntry('never', 'x')]);

    await expect(buffer(stream)).rejects.toThrow('The dump was killed.');
    await expect(summary).rejects.toThrow('The dump was killed.');
  });

  it('ends with the error of what selects its entries', async () => {
    async function* selection(): AsyncGenerator<Entry> {
      yield fileEntry('a', 'hello');
      throw new Error('Could not read /srv/shop.');
    }

    await expect(buffer(zipped(selection()).stream)).rejects.toThrow('Could not read /srv/shop.');
  });

  it('ends with the error of an entry that cannot be opened', async () => {
    const open = () => Promise.reject(new Error('No such database.'));
    const entry: Entry = { kind: 'file', name: 'a', mode: 0o644, modifiedAt, open };

    await expect(buffer(zipped([entry]).stream)).rejects.toThrow('No such database.');
  });

  it('ends with the reason it is stopped for, and closes what is open', async () => {
    const stop = new AbortController();
    const content = endless(() => stop.abort(new Error('Somebody pressed cancel.')));
    const { entries, isClosed } = closable(content);
    const { stream, summary } = zipped(entries, stop.signal);

    await expect(pipeline(stream, nowhere())).rejects.toThrow('Somebody pressed cancel.');
    await expect(summary).rejects.toThrow('Somebody pressed cancel.');
    await isClosed;
    expect(content.destroyed).toBe(true);
  });

  it('closes what is being read when what came before it fails', async () => {
    const content = endless();
    const isClosed = once(content, 'close');

    const dump: Entry = {
      kind: 'file',
      name: 'dump.sql',
      mode: 0o600,
      modifiedAt,
      open: async () => content,
    };

    const { stream } = zipped([unreadable('secret.txt'), dump]);

    await expect(buffer(stream)).rejects.toThrow('Could not read secret.txt.');
    await isClosed;
  });

  it('selects no more, and closes what it selects from, when what came before it fails', async () => {
    const { promise: isClosed, resolve } = deferred();
    function* entries(): Generator<Entry> {
      try {
        yield unreadable('secret.txt');
        for (;;) yield { kind: 'folder', name: 'a', mode: 0o755, modifiedAt };
      } finally {
        resolve();
      }
    }

    await expect(buffer(zipped(entries()).stream)).rejects.toThrow('Could not read secret.txt.');
    await isClosed;
  });

  it('never begins when it is stopped beforehand', async () => {
    const signal = AbortSignal.abort(new Error('Too late.'));

    const { stream, summary } = zipped([fileEntry('a', 'hello')], signal);

    await expect(buffer(stream)).rejects.toThrow('Too late.');
    await expect(summary).rejects.toThrow('Too late.');
  });

  it('closes what is open when nobody wants the archive any more', async () => {
    const content = endless();
    const { entries, isClosed } = closable(content);
    const { stream, summary } = zipped(entries);

    stream.once('data', () => stream.destroy());

    await expect(summary).rejects.toThrow();
    await isClosed;
    expect(content.destroyed).toBe(true);
  });
});

/** A file that a thread cannot open, which must not be ignored. */
function unreadable(name: string): Entry {
  const hear = () => {
    throw new Error(`Could not read ${name}.`);
  };
  const onDisk = { pathAsLatin1: '/not/there', throughLink: false, hear };
  return { kind: 'file', name, mode: 0o644, modifiedAt, sizeInBytes: 5, open: async () => undefined, onDisk };
}

function watched(name: string, events: string[]): Entry {
  return {
    kind: 'file',
    name,
    mode: 0o644,
    modifiedAt,
    async open() {
      events.push(`open ${name}`);
      return Readable.from([Buffer.alloc(100_000)]).once('end', () => events.push(`end ${name}`));
    },
  };
}

function brokenAfter(bytes: number, error: Error): Entry {
  function* content() {
    yield Buffer.alloc(bytes);
    throw error;
  }
  return fileEntry('broken', content());
}

function endless(afterSome?: () => void): Readable {
  let reads = 0;
  return new Readable({
    read() {
      reads += 1;
      if (reads === 20) afterSome?.();
      this.push(Buffer.from(Array.from({ length: 16_384 }, (_, i) => (i * reads * 7919) % 251)));
    },
  });
}

/** Entries that tell when they were given up: that is how a walk closes its folders. */
function closable(content: Readable) {
  const { promise: isClosed, resolve } = deferred();
  async function* entries(): AsyncGenerator<Entry> {
    try {
      yield { kind: 'file', name: 'endless', mode: 0o644, modifiedAt, open: async () => content };
    } finally {
      resolve();
    }
  }
  return { entries: entries(), isClosed };
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** Until a number has not moved for many turns of the event loop. */
async function untilQuiet(number: () => number): Promise<void> {
  for (let before = -1, turns = 0; turns < 200; turns = number() === before ? turns + 1 : 0) {
    before = number();
    await setImmediate();
  }
}
