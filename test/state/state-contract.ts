import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { storable } from '../../src/domain/storable.ts';
import type { State } from '../../src/state/state.ts';
import { anyWords } from '../support/any-words.ts';

const minute = 60;

/** What the state promises on every store. `open` gives a further one on the same store. */
export function honoursTheStateContract(open: () => State): void {
  it('recalls in one process what another one remembered', async () => {
    const key = randomUUID();
    const posted = { id: 7, words: 'café ☕', parts: [null, true, { deep: 'yes' }] };

    await open().remember(key, posted, minute);

    expect(await open().recall(key)).toEqual(posted);
  });

  it('keeps every value that JSON knows, also false, null and an empty text', async () => {
    const state = open();
    const values = [false, null, '', 0, []];

    const recalled = [];
    for (const value of values) {
      const key = randomUUID();
      await state.remember(key, value, minute);
      recalled.push(await state.recall(key));
    }

    expect(recalled).toEqual(values);
  });

  it('keeps any text that is said to it, with what no store takes replaced', async () => {
    const state = open();
    await fc.assert(
      fc.asyncProperty(anyWords, async (words) => {
        const key = randomUUID();
        const said = { words, [words]: [words] };
        await state.remember(`${key}${words}`, said, minute);
        await state.claim(`${key}.claimed`, said, minute);
        await state.append(`${key}.list`, said, { atMost: 2, lifetimeInSeconds: minute });

        expect(await state.recall(`${key}${words}`)).toEqual(storable(said));
        expect(await state.recall(`${key}.claimed`)).toEqual(storable(said));
        expect(await state.entries(`${key}.list`)).toEqual([storable(said)]);
      }),
      { numRuns: 25 },
    );
  });

  it('recalls nothing where nothing was remembered', async () => {
    expect(await open().recall(randomUUID())).toBeUndefined();
  });

  it('remembers the newest of what was said about the same thing', async () => {
    const state = open();
    const key = randomUUID();
    await state.remember(key, 'old', minute);

    await state.remember(key, 'new', minute);

    expect(await state.recall(key)).toBe('new');
  });

  it('forgets, and does not mind when there is nothing to forget', async () => {
    const state = open();
    const key = randomUUID();
    await state.remember(key, 'secret', minute);

    await state.forget(key);
    await state.forget(key);

    expect(await state.recall(key)).toBeUndefined();
  });

  it('forgets by itself when the time is over', async () => {
    const state = open();
    const key = randomUUID();

    await state.remember(key, 'short', 0.05);

    await vi.waitFor(async () => expect(await state.recall(key)).toBeUndefined(), 10_000);
  });

  it('lets one of twenty claim what all want at the same time', async () => {
    const key = randomUUID();
    const names = Array.from({ length: 20 }, (_, number) => `worker ${number}`);

    const answers = await Promise.all(names.map((name) => open().claim(key, name, minute)));

    const winners = names.filter((_, number) => answers[number]);
    expect(winners).toHaveLength(1);
    expect(await open().recall(key)).toBe(winners[0]);
  });

  it('lets somebody else claim once the first has let go, or their time is over', async () => {
    const state = open();
    const [left, over] = [randomUUID(), randomUUID()];
    await state.claim(left, 'first', minute);
    await state.claim(over, 'first', 0.05);

    await state.forget(left);

    expect(await state.claim(left, 'second', minute)).toBe(true);
    await vi.waitFor(async () => expect(await state.claim(over, 'second', minute)).toBe(true), 10_000);
    expect(await state.recall(over)).toBe('second');
  });

  it('lets one of twenty replace what all have seen', async () => {
    const state = open();
    const key = randomUUID();
    const seen = { step: 'asked', by: ['ann', 'bob'] };
    await state.remember(key, seen, minute);

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, by) => open().replace(key, { was: seen, by: { by } }, minute)),
    );

    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await state.recall(key)).toEqual({ by: answers.indexOf(true) });
  });

  it('replaces and releases nothing that is not there any more, or is something else', async () => {
    const state = open();
    const [key, nowhere, over] = [randomUUID(), randomUUID(), randomUUID()];
    await state.remember(key, ['second'], minute);
    await state.remember(over, ['first'], 0.05);
    await vi.waitFor(async () => expect(await state.recall(over)).toBeUndefined(), 10_000);

    const answers = [];
    for (const each of [key, nowhere, over]) {
      answers.push(await state.replace(each, { was: ['first'], by: ['third'] }, minute));
      answers.push(await state.release(each, ['first']));
    }

    expect(answers).toEqual(Array(6).fill(false));
    expect(await state.recall(key)).toEqual(['second']);
    expect(await state.recall(over)).toBeUndefined();
    expect(await state.release(key, ['second'])).toBe(true);
    expect(await state.recall(key)).toBeUndefined();
  });

  it('keeps what twenty add to a list at the same time, every one of it once', async () => {
    const key = randomUUID();
    const names = Array.from({ length: 20 }, (_, number) => ({ worker: number }));

    await Promise.all(
      names.map((name) => open().append(key, name, { atMost: 50, lifetimeInSeconds: minute })),
    );

    const kept = (await open().entries(key)) as typeof names;
    expect(kept.toSorted((a, b) => a.worker - b.worker)).toEqual(names);
  });

  it('keeps the newest of a list, in the order in which they were added', async () => {
    const state = open();
    const key = randomUUID();

    for (const word of ['one', null, ['three'], 'four'])
      await state.append(key, word, { atMost: 3, lifetimeInSeconds: minute });

    expect(await state.entries(key)).toEqual([null, ['three'], 'four']);
  });

  it('begins a list anew once its time is over, and where there is none it is empty', async () => {
    const state = open();
    const [key, nowhere] = [randomUUID(), randomUUID()];
    await state.append(key, 'old', { atMost: 3, lifetimeInSeconds: 0.05 });
    await vi.waitFor(async () => expect(await state.entries(key)).toEqual([]), 10_000);

    await state.append(key, 'new', { atMost: 3, lifetimeInSeconds: minute });

    expect(await state.entries(key)).toEqual(['new']);
    expect(await state.entries(nowhere)).toEqual([]);
  });
}
