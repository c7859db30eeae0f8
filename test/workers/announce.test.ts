import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { presenceKey } from '../../src/domain/presence.ts';
import { openState } from '../../src/state/registry.ts';
import { StateError } from '../../src/state/state.ts';
import { announce } from '../../workers/announce.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { embedded } from '../support/stores.ts';

const store = openStoreForAll(embedded);

function tools() {
  const said: string[] = [];
  const log = { debug: (words: string) => void said.push(words), info() {}, warn() {}, error() {} };
  const state = openState({ ...store(), prefix: `announce-${randomUUID()}` });
  return { said, log, state, clock: () => DateTime.utc() };
}

describe('a worker that announces itself', () => {
  it('is there until it ends', async () => {
    const all = tools();

    const announcement = await announce('web1', all);
    const during = await all.state.recall(presenceKey('web1'));
    await announcement.close();

    expect(during).toMatchObject({ pid: process.pid });
    expect(await all.state.recall(presenceKey('web1'))).toBeUndefined();
  });

  it('ends in order though nobody can be told', async () => {
    const { state, ...rest } = tools();
    const forget = () => Promise.reject(new StateError('Redis was not reached.'));
    const announcement = await announce('web1', { ...rest, state: { ...state, forget } });

    await announcement.close();

    expect(rest.said).toEqual([
      expect.stringContaining('could not say that it stops: Redis was not reached.'),
    ]);
  });
});
