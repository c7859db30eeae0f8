import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { storableText } from '../../src/domain/storable.ts';
import { HandedBack, type Queue, type QueuedJob } from '../../src/queue/queue.ts';
import { anyWords } from '../support/any-words.ts';
import { newTopic, take } from './working.ts';

/** What the queue promises on every store. `open` gives a further queue on one and the same store. */
export function honoursTheQueueContract(open: () => Promise<Queue>): void {
  let queue: Queue;

  beforeAll(async () => {
    queue = await open();
  });
  afterAll(() => queue.close());

  it('hands a job with its data to a worker', async () => {
    const topic = newTopic();

    const added = await queue.add(topic, { id: 'letter', data: { text: 'café ☕' } });
    const [job] = await take(queue, topic, 1);

    expect(added).toEqual({ added: true });
    expect(job).toMatchObject({ id: 'letter', data: { text: 'café ☕' }, attempt: 1, isLastAttempt: true });
  });

  it('hands on any text, with what no store takes replaced', async () => {
    const topic = newTopic();
    const texts = ['lost at \0 row', 'half 😀'.slice(0, -1), ...fc.sample(anyWords, 20)];
    for (const [at, text] of texts.entries()) await queue.add(topic, { id: `said ${at}`, data: { text } });

    const jobs = await take(queue, topic, texts.length);

    expect(jobs.map(({ data }) => data.text)).toEqual(texts.map(storableText));
  });

  it('ends a job whose handler fails in any words, and goes on with the next', async () => {
    const topic = newTopic();
    const words = ['lost at \0 row', 'half 😀'.slice(0, -1), ...fc.sample(anyWords, 5)];
    for (const at of [...words.keys(), 'last'])
      await queue.add(topic, { id: `failing ${at}`, data: { text: '' } });

    const jobs = await take(queue, topic, words.length + 1, async ({ id, progress }) => {
      const said = words[Number(id.slice('failing '.length))];
      if (said === undefined) return;
      progress({ said });
      throw new Error(said);
    });

    expect(jobs.map(({ id }) => id)).toEqual([...words.keys(), 'last'].map((at) => `failing ${at}`));
    await vi.waitFor(async () => expect(await queue.unfinished(topic)).toEqual([]), 10_000);
  });

  it('keeps a job while nobody listens', async () => {
    const topic = newTopic();
    const earlier = await open();
    await earlier.add(topic, { id: 'report', data: { text: 'stored' } });
    await earlier.close();

    const later = await open();
    const [job] = await take(later, topic, 1);
    await later.close();

    expect(job?.data).toEqual({ text: 'stored' });
  });

  it('takes away all that a topic holds, and takes new jobs for it', async () => {
    const topic = newTopic();
    await queue.add(topic, { id: 'first', data: { text: '' }, once: 'only' });
    await queue.add(topic, { id: 'later', data: { text: '' }, delayInMs: 60_000 });

    await queue.remove(topic);
    const left = await queue.unfinished(topic);
    const added = await queue.add(topic, { id: 'first', data: { text: 'again' }, once: 'only' });
    const [job] = await take(queue, topic, 1);

    expect(left).toEqual([]);
    expect(added).toEqual({ added: true });
    expect(job?.data).toEqual({ text: 'again' });
  });

  it('counts what waits and what is in hand', async () => {
    const topic = newTopic();
    for (const id of ['first', 'second']) await queue.add(topic, { id, data: { text: '' } });
    await queue.add(topic, { id: 'later', data: { text: '' }, delayInMs: 60_000 });
    const before = await queue.depth(topic);
    const events = new EventEmitter();
    const taken = once(events, 'taken');

    const worker = queue.work(topic, async () => {
      const done = once(events, 'done');
      events.emit('taken');
      await done;
    });
    await taken;
    const meanwhile = await queue.depth(topic);
    const closed = worker.close();
    events.emit('done');
    await closed;

    expect(before).toEqual({ waiting: 3, running: 0 });
    expect(meanwhile).toEqual({ waiting: 2, running: 1 });
  });

  it('hands out jobs in the order in which they were added', async () => {
    const topic = newTopic();
    const ids = ['first', 'second', 'third', 'fourth'];

    for (const id of ids) await queue.add(topic, { id, data: { text: id } });
    const jobs = await take(queue, topic, ids.length);

    expect(jobs.map((job) => job.id)).toEqual(ids);
  });

  it('adds the same id once, however often it is added', async () => {
    const topic = newTopic();

    await queue.add(topic, { id: 'same', data: { text: 'one' } });
    await queue.add(topic, { id: 'same', data: { text: 'two' } });
    const [job] = await take(queue, topic, 1);
    await queue.add(topic, { id: 'same', data: { text: 'three' } });

    expect(job?.data).toEqual({ text: 'one' });
    expect(await queue.unfinished(topic)).toEqual([]);
  });

  it('tells which unfinished job a second one with the same key met', async () => {
    const topic = newTopic();

    const first = await queue.add(topic, { id: 'a', data: { text: '' }, once: 'run.shop' });
    const second = await queue.add(topic, { id: 'b', data: { text: '' }, once: 'run.shop' });
    const other = await queue.add(topic, { id: 'c', data: { text: '' }, once: 'run.blog' });

    expect([first, second, other]).toEqual([{ added: true }, { added: false, metId: 'a' }, { added: true }]);
  });

  it('adds one of twenty jobs with the same key that come at the same time', async () => {
    const topic = newTopic();
    const ids = Array.from({ length: 20 }, () => randomUUID());

    const answers = await Promise.all(
      ids.map((id) => queue.add(topic, { id, data: { text: '' }, once: 'run.shop' })),
    );

    expect(answers.filter((answer) => answer.added)).toHaveLength(1);
    expect(await queue.unfinished(topic)).toHaveLength(1);
  });

  it('takes a new job with the same key once the first has ended, well or not', async () => {
    const topic = newTopic();
    const again = { data: { text: '' }, once: 'run.shop' };

    await queue.add(topic, { id: 'ends well', ...again });
    await take(queue, topic, 1);
    const second = await queue.add(topic, { id: 'fails', ...again });
    await take(queue, topic, 1, () => Promise.reject(new Error('No.')));
    const third = await queue.add(topic, { id: 'third', ...again });

    expect([second, third]).toEqual([{ added: true }, { added: true }]);
  });

  it('tries a job that fails as often as it is told to, and says which try is the last', async () => {
    const topic = newTopic();
    await queue.add(topic, { id: 'stubborn', data: { text: '' }, attempts: 3 });

    const tries = await take(queue, topic, 3, async ({ isLastAttempt }) => {
      if (!isLastAttempt) throw new Error('Not yet.');
    });

    expect(tries.map(({ attempt, isLastAttempt }) => [attempt, isLastAttempt])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    expect(await queue.unfinished(topic)).toEqual([]);
  });

  it('counts a job between two tries as waiting', async () => {
    const topic = newTopic();
    await queue.add(topic, { id: 'stubborn', data: { text: '' }, attempts: 50 });

    await take(queue, topic, 1, () => Promise.reject(new Error('Not yet.')));

    expect(await queue.unfinished(topic)).toMatchObject([{ id: 'stubborn', state: 'waiting' }]);
  });

  it('holds a delayed job back until its time', async () => {
    const topic = newTopic();
    const earliest = Date.now() + 300;
    await queue.add(topic, { id: 'later', data: { text: '' }, delayInMs: 300 });
    const before = await queue.unfinished(topic);

    await take(queue, topic, 1);

    expect(before).toMatchObject([{ id: 'later', state: 'waiting' }]);
    expect(Date.now()).toBeGreaterThanOrEqual(earliest);
  });

  it('begins a job that was made to wait while the clock was ahead, once that is put right', async () => {
    const topic = newTopic();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 366 * 24 * 3_600_000 });
    await queue.add(topic, { id: 'later', data: { text: '' }, delayInMs: 300 });
    vi.useRealTimers();

    const [job] = await take(queue, topic, 1);

    expect(job).toMatchObject({ id: 'later' });
  });

  it('tries a job once more that failed while the clock was ahead, once that is put right', async () => {
    const topic = newTopic();
    await queue.add(topic, { id: 'stubborn', data: { text: '' }, attempts: 5 });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 366 * 24 * 3_600_000 });
    await take(queue, topic, 1, () => Promise.reject(new Error('Not yet.')));
    vi.useRealTimers();

    const [again] = await take(queue, topic, 1);

    expect(again).toMatchObject({ id: 'stubborn', attempt: 2 });
  });

  it('adds a job at every firing of a schedule, until it is taken out', async () => {
    const topic = newTopic();
    const everySecond = { cron: '* * * * * *', zone: 'Europe/Brussels' };
    await queue.schedule(topic, 'shop', { ...everySecond, data: { text: 'old' } });
    await queue.schedule(topic, 'shop', { ...everySecond, data: { text: 'new' } });

    const jobs = await take(queue, topic, 2);
    await queue.unschedule(topic, 'shop');

    expect(jobs.map((job) => job.data)).toEqual([{ text: 'new' }, { text: 'new' }]);
    expect(new Set(jobs.map((job) => job.id)).size).toBe(2);
    expect(await queue.unfinished(topic)).toEqual([]);
  });

  it('does not count the next firing of a schedule as unfinished', async () => {
    const topic = newTopic();

    await queue.schedule(topic, 'shop', { cron: '0 3 1 1 *', zone: 'UTC', data: { text: '' } });

    expect(await queue.unfinished(topic)).toEqual([]);
    await queue.unschedule(topic, 'shop');
  });

  it('tells what is scheduled and when it fires next, and nothing of what was taken out', async () => {
    const topic = newTopic();
    const newYear = { cron: '0 0 1 1 *', zone: 'Europe/Brussels', data: { text: 'shop' }, attempts: 5 };
    await queue.schedule(topic, 'shop', newYear);
    await queue.schedule(topic, 'gone', newYear);
    await queue.unschedule(topic, 'gone');

    const scheduled = await queue.schedules(topic);
    await queue.unschedule(topic, 'shop');

    const nextAt = new Date(Date.UTC(new Date().getUTCFullYear(), 11, 31, 23));
    expect(scheduled).toEqual([{ key: 'shop', ...newYear, nextAt }]);
    expect(await queue.schedules(newTopic())).toEqual([]);
  });

  it('tells of a schedule that was put while the clock was ahead, and has it right when it is put again', async () => {
    const topic = newTopic();
    const hourly = { cron: '0 * * * *', zone: 'UTC', data: { text: '' } };
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 366 * 24 * 3_600_000 });
    await queue.schedule(topic, 'shop', hourly);
    vi.useRealTimers();

    const [ahead] = await queue.schedules(topic);
    await queue.schedule(topic, 'shop', hourly);
    const [mended] = await queue.schedules(topic);
    await queue.unschedule(topic, 'shop');

    expect(ahead).toMatchObject({ isTooLate: true });
    expect(mended).not.toHaveProperty('isTooLate');
    expect(Number(mended?.nextAt) - Date.now()).toBeLessThanOrEqual(3_600_000);
  });

  it('tells of a schedule that cannot be read, so that it can be replaced', async () => {
    const topic = newTopic();
    const ofAnotherVersion = { name: topic.name, schema: z.object({ number: z.number() }) };
    await queue.schedule(ofAnotherVersion, 'shop', { cron: '0 0 1 1 *', zone: 'UTC', data: { number: 7 } });

    const [scheduled] = await queue.schedules(topic);
    await queue.unschedule(topic, 'shop');

    expect(scheduled).toMatchObject({ key: 'shop', cron: '0 0 1 1 *' });
    expect(scheduled).not.toHaveProperty('data');
  });

  it('lets others follow what a running job says of itself', async () => {
    const topic = newTopic();
    const other = await open();
    const heard: unknown[] = [];
    await other.follow(topic, (id, facts) => heard.push({ id, ...(facts as object) }));
    await queue.add(topic, { id: 'talker', data: { text: '' } });

    let said = 0;
    await take(queue, topic, 1, ({ progress }) =>
      vi.waitFor(() => {
        said += 1;
        progress({ said });
        expect(heard.length).toBeGreaterThan(2);
      }, 20_000),
    );
    await other.close();

    const numbers = (heard as { said: number }[]).map((facts) => facts.said);
    expect(heard[0]).toMatchObject({ id: 'talker' });
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it('shows what is in hand and how far it has come, and what waits, oldest first', async () => {
    const topic = newTopic();
    for (const id of ['in hand', 'next', 'last']) await queue.add(topic, { id, data: { text: id } });

    let seen: QueuedJob<unknown>[] = [];
    await take(queue, topic, 1, ({ progress }) => {
      progress({ percent: 40 });
      return vi.waitFor(async () => {
        seen = await queue.unfinished(topic);
        expect(seen[0]?.progress).toEqual({ percent: 40 });
      }, 20_000);
    });

    expect(seen).toMatchObject([
      { id: 'in hand', state: 'running', progress: { percent: 40 }, data: { text: 'in hand' } },
      { id: 'next', state: 'waiting' },
      { id: 'last', state: 'waiting' },
    ]);
  });

  it('takes out a job that waits, or waits for its time, and its key is free again', async () => {
    const topic = newTopic();
    await queue.add(topic, { id: 'a', data: { text: '' }, once: 'run.shop' });
    await queue.add(topic, { id: 'b', data: { text: '' }, delayInMs: 60_000 });

    const taken = [await queue.withdraw(topic, 'a'), await queue.withdraw(topic, 'b')];
    const again = await queue.add(topic, { id: 'c', data: { text: '' }, once: 'run.shop' });

    expect(taken).toEqual([true, true]);
    expect(again).toEqual({ added: true });
    expect(await queue.unfinished(topic)).toMatchObject([{ id: 'c' }]);
  });

  it('takes out no job that is in hand, has ended, or never was', async () => {
    const topic = newTopic();
    await queue.add(topic, { id: 'a', data: { text: '' } });

    let inHand: boolean | undefined;
    await take(queue, topic, 1, async () => {
      inHand = await queue.withdraw(topic, 'a');
    });
    const ended = await queue.withdraw(topic, 'a');
    const unknown = await queue.withdraw(topic, 'x');
    await queue.add(topic, { id: 'a', data: { text: '' } });

    expect([inHand, ended, unknown]).toEqual([false, false, false]);
    expect(await queue.unfinished(topic)).toEqual([]);
  });

  it('hands a job that was handed back to another worker, and takes the first for no failure and no death', async () => {
    const topic = newTopic();
    await queue.add(topic, { id: 'a', data: { text: 'words' }, once: 'run.shop' });

    await take(queue, topic, 1, () => Promise.reject(new HandedBack('This worker stops.')));
    const met = await queue.add(topic, { id: 'b', data: { text: '' }, once: 'run.shop' });
    const [again] = await take(queue, topic, 1);

    expect(met).toEqual({ added: false, metId: 'a' });
    expect(again).toMatchObject({
      id: 'a',
      data: { text: 'words' },
      attempt: 2,
      deaths: 0,
      isLastAttempt: true,
    });
  });

  it('skips a job that cannot be read, and goes on with the next', async () => {
    const topic = newTopic();
    const ofAnotherVersion = { name: topic.name, schema: z.object({ number: z.number() }) };
    await queue.add(ofAnotherVersion, { id: 'strange', data: { number: 7 }, attempts: 5 });
    await queue.add(topic, { id: 'plain', data: { text: 'words' } });

    const [job] = await take(queue, topic, 1);

    expect(job?.id).toBe('plain');
    expect(await queue.unfinished(topic)).toEqual([]);
  });

  it('finishes what is in hand before it closes, and takes nothing more', async () => {
    const topic = newTopic();
    const other = await open();
    for (const id of ['in hand', 'next']) await other.add(topic, { id, data: { text: '' } });
    const order: string[] = [];

    const closed = await new Promise<Promise<unknown>>((resolve) => {
      other.work(topic, async ({ id }) => {
        resolve(other.close().then(() => order.push('closed')));
        await queue.unfinished(topic);
        order.push(`${id} done`);
      });
    });
    await closed;

    expect(order).toEqual(['in hand done', 'closed']);
    expect(await queue.unfinished(topic)).toMatchObject([{ id: 'next', state: 'waiting' }]);
  });

  it('closes a worker that has nothing to do', async () => {
    const other = await open();
    other.work(newTopic(), async () => {});
    await other.follow(newTopic(), () => {});

    await expect(other.close()).resolves.toBeUndefined();
  });
}
