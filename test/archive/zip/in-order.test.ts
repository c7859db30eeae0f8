import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../../src/archive/zip/in-order.ts';

describe('results in order', () => {
  it('come as their work was begun, not as it was done', async () => {
    const order = inOrder<string>(100);
    const late = deferred<string>();
    await order.add(late.promise, 1);
    await order.add(Promise.resolve('second'), 1);
    order.end();
    late.resolve('first');

    const results = [await order.next(), await order.next(), await order.next()];

    expect(results).toEqual(['first', 'second', undefined]);
  });

  it('are waited for until somebody takes one', async () => {
    const order = inOrder<string>(10);
    await order.add(Promise.resolve('a'), 5);
    let isIn = false;
    const added = order.add(Promise.resolve('b'), 5).then(() => {
      isIn = true;
    });
    await setImmediate();
    const before = isIn;

    await order.next();
    await order.next(); // Whoever asks for the next is done with the first.
    await added;

    expect(before).toBe(false);
    expect(isIn).toBe(true);
  });

  it('fail when their turn comes', async () => {
    const order = inOrder<string>(100);
    await order.add(Promise.resolve('good'), 1);
    await order.add(Promise.reject(new Error('The disk is broken.')), 1);

    expect(await order.next()).toBe('good');
    await expect(order.next()).rejects.toThrow('The disk is broken.');
  });

  it('release both who wait when the whole fails', async () => {
    const [full, empty] = [inOrder<string>(1), inOrder<string>(1)];
    const adding = full.add(Promise.resolve('too much'), 5);
    const taking = empty.next();
    const failed = Promise.all([
      expect(adding).rejects.toThrow('Cancelled.'),
      expect(taking).rejects.toThrow('Cancelled.'),
    ]);

    full.fail(new Error('Cancelled.'));
    empty.fail(new Error('Cancelled.'));

    await failed;
  });
});

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
