import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { linkAnswer } from '../../../src/bot/link/link-answer.ts';
import { link, linkedTo, unlink, withLinks } from '../../../src/bot/link/linked-ids.ts';
import type { Ask } from '../../../src/chat/platform.ts';
import { mayAsk, type Standing } from '../../../src/domain/access.ts';
import { AccessRule } from '../../../src/domain/access-rule.ts';
import { openState } from '../../../src/state/registry.ts';
import { memoryPlatform } from '../../support/memory-platform.ts';
import { openStoreForAll } from '../../support/open-store.ts';
import { onRedis } from '../../support/stores.ts';

const store = openStoreForAll(onRedis);
const apps = ['shop', 'blog'];
const [ann, eve, telegramAnn, telegramBob] = ['slack:T1/U1', 'slack:T1/U9', 'telegram:77', 'telegram:88'];
const annMayAll = [{ allow: ['all'], who: [ann] }];

/** A conversation about linking on a state of its own, with nobody else in it. */
function conversation(written: readonly object[] = annMayAll) {
  const corner = { ...store(), prefix: `${store().prefix}-${randomUUID()}` };
  const state = openState(corner);
  const sent: unknown[] = [];
  const queue = {
    async add(_: unknown, job: unknown) {
      sent.push(job);
      return { added: true } as const;
    },
  };
  const access = (rules: readonly object[]) => ({ rules: rules.map((rule) => AccessRule.parse(rule)), apps });

  async function says(id: string, words: LinkWords, { rules = written, ...how }: Manner = {}) {
    const platform = id.slice(0, id.indexOf(':'));
    const where = { platform, place: `private-${id}` };
    const ask = { words: '', from: { id, groups: [] }, where, private: true, ...how };
    const tools = { access: access(rules), state, queue, platforms: [] };
    return (await linkAnswer({ verb: 'link', ...words }, ask, tools)).link;
  }

  /** Until the first is asked. */
  async function confirmedBySecond(first = ann, second = telegramAnn): Promise<string> {
    const code = await codeFor(first);
    const asked = await says(second, { code });
    if (asked.step !== 'confirm') throw new Error(`Nobody is asked: ${JSON.stringify(asked)}`);
    await says(second, { code: asked.request, how: 'accept' });
    return asked.request;
  }

  async function codeFor(id: string): Promise<string> {
    const given = await says(id, {});
    return given.step === 'code' ? given.code : 'none';
  }

  /** The keys about links that name somebody, in themselves or in what they hold. */
  async function keysWith(id: string): Promise<string[]> {
    const { prefix, ...place } = corner;
    if (place.kind === 'sql') throw new Error('These facts are kept in Redis.');
    const keys = await place.quick.keys(`${prefix}:state:link*`);
    const kept = keys.map(async (key) =>
      (await place.quick.type(key)) === 'list' ? place.quick.lrange(key, 0, -1) : place.quick.get(key),
    );
    const texts = (await Promise.all(kept)).map((value, at) => `${keys[at]} ${JSON.stringify(value)}`);
    return texts.filter((text) => text.includes(id));
  }

  return { state, sent, says, codeFor, confirmedBySecond, access, keysWith };
}

type LinkWords = { code?: string; how?: 'accept' | 'refuse' | 'remove' };
type Manner = Partial<Pick<Ask, 'standing' | 'private'>> & { rules?: readonly object[] };

describe('a link', () => {
  it('is there once both sides have confirmed, each shown the other and what changes', async () => {
    const { state, sent, says, codeFor } = conversation();

    const asked = await says(telegramAnn, { code: await codeFor(ann) });
    if (asked.step !== 'confirm') throw new Error('The second is asked first.');
    const before = await linkedTo(ann, state);
    const waiting = await says(telegramAnn, { code: asked.request, how: 'accept' });
    const linked = await says(ann, { code: asked.request, how: 'accept' });

    const gains = [{ what: 'gains', apps, every: true, verbs: expect.arrayContaining(['run', 'clean']) }];
    expect(asked).toMatchObject({ other: { id: ann }, yours: gains, theirs: [] });
    expect(waiting).toMatchObject({ step: 'waiting', first: { id: ann } });
    expect(sent).toMatchObject([
      {
        data: { report: { link: { step: 'confirm', other: { id: telegramAnn }, yours: [], theirs: gains } } },
      },
      { data: { report: { link: { step: 'linked' } } } },
    ]);
    expect([before, linked]).toEqual([[], { step: 'linked', ids: [ann, telegramAnn] }]);
    expect(await Promise.all([ann, telegramAnn].map((id) => linkedTo(id, state)))).toEqual([
      [telegramAnn],
      [ann],
    ]);
  });

  it('is never made by whoever asked for the code, though somebody opened the address they were sent', async () => {
    const { state, says, codeFor } = conversation([
      { allow: ['all'], who: [telegramBob] },
      { allow: ['list'], who: [eve] },
    ]);

    const asked = await says(telegramBob, { code: await codeFor(eve) });
    if (asked.step !== 'confirm') throw new Error('Whoever says a code is asked.');
    const tooEarly = await says(eve, { code: asked.request, how: 'accept' });

    expect(tooEarly).toEqual({ step: 'not-linked', because: 'unknown-code' });
    expect(await linkedTo(eve, state)).toEqual([]);
  });

  it('is confirmed by nobody else, in no public place, and by neither side twice', async () => {
    const { state, says, confirmedBySecond } = conversation();
    const code = await confirmedBySecond();

    const other = await says(eve, { code, how: 'accept' });
    const inPublic = await says(ann, { code, how: 'accept' }, { private: false });
    const both = await Promise.all([1, 2].map(() => says(ann, { code, how: 'accept' })));

    expect([other, inPublic]).toMatchObject([{ because: 'not-yours' }, { because: 'not-private' }]);
    expect(both.map(({ step }) => step).toSorted()).toEqual(['linked', 'not-linked']);
    expect(await linkedTo(ann, state)).toEqual([telegramAnn]);
  });

  it('is not made when the rights it gives have become others than were shown', async () => {
    const { state, says, confirmedBySecond } = conversation([{ allow: ['list'], who: [ann] }]);
    const code = await confirmedBySecond();

    const answer = await says(ann, { code, how: 'accept' }, { rules: annMayAll });

    expect(answer).toEqual({ step: 'not-linked', because: 'changed' });
    expect(await linkedTo(ann, state)).toEqual([]);
  });

  it('is not made while nobody knows who is in a group that changes what it gives', async () => {
    const rules = [...annMayAll, { deny: ['run'], who: ['slack:group:S1'] }];
    const { says, codeFor } = conversation(rules);

    const given = await says(ann, {}, { standing: { unknown: ['slack:group:'] } });
    const answer = await says(telegramAnn, { code: given.step === 'code' ? given.code : '' });

    expect(answer).toEqual({ step: 'not-linked', because: 'not-known' });
    expect(await codeFor(ann)).toMatch(/^lk_/);
  });

  it('is no chain: an account that is linked is not linked again', async () => {
    const { state, says, codeFor } = conversation();
    await link(ann, telegramAnn, state);

    const answers = [
      await says(telegramBob, { code: await codeFor(ann) }),
      await says(telegramAnn, { code: await codeFor(eve) }),
    ];

    expect(answers).toEqual(Array(2).fill({ step: 'not-linked', because: 'already-linked' }));
  });

  it('joins two at most, however many are confirmed in the same moment', async () => {
    const { state } = conversation();
    const accounts = [ann, eve, telegramAnn, telegramBob, 'slack:T1/U5'];
    const pairs = accounts.flatMap((one) =>
      accounts.filter((other) => other > one).map((other) => [one, other]),
    );

    const made = await Promise.all(pairs.map(([one = '', other = '']) => link(one, other, state)));

    const linked = await Promise.all(accounts.map((id) => linkedTo(id, state)));
    expect(linked.filter((ids) => ids.length > 1)).toEqual([]);
    for (const [at, [one = '', other = '']] of pairs.entries())
      expect(linked[accounts.indexOf(one)]?.includes(other)).toBe(made[at]);
  });

  it('counts when both sides name each other, as earlier versions wrote it, and not when one does', async () => {
    const { state } = conversation();
    await state.remember(`linked.${ann}`, [telegramAnn], 60);
    await state.remember(`linked.${telegramAnn}`, [ann], 60);
    await state.remember(`linked.${eve}`, [telegramAnn], 60);

    expect(await linkedTo(ann, state)).toEqual([telegramAnn]);
    expect(await linkedTo(eve, state)).toEqual([]);
    expect(await link(eve, telegramBob, state)).toBe(true);
  });
});

describe('to remove a link', () => {
  it('takes away every key that names the account: links, codes and what waits to be confirmed', async () => {
    const { state, says, codeFor, confirmedBySecond, keysWith } = conversation();
    const waiting = await confirmedBySecond();
    await link(ann, telegramAnn, state);

    await says(telegramAnn, { how: 'remove' });
    const tooLate = await says(ann, { code: waiting, how: 'accept' });
    const code = await codeFor(ann);
    await says(ann, { how: 'remove' });

    expect(tooLate).toMatchObject({ because: 'unknown-code' });
    expect(await says(telegramBob, { code })).toMatchObject({ because: 'unknown-code' });
    expect(await keysWith(ann)).toEqual([]);
    expect(await keysWith(telegramAnn)).toEqual([]);
  });

  it('wins over a confirmation in the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { state, says, confirmedBySecond } = conversation();
      const code = await confirmedBySecond();

      const confirming = says(ann, { code, how: 'accept' });
      await says(telegramAnn, { how: 'remove' });
      await confirming;

      expect(await linkedTo(ann, state)).toEqual([]);
    }
  });

  it('leaves the links of others alone', async () => {
    const { state } = conversation();
    await link(ann, telegramAnn, state);
    await link(eve, telegramBob, state);

    await unlink(ann, state);

    expect(await linkedTo(eve, state)).toEqual([telegramBob]);
  });
});

describe('a code', () => {
  it('is void once its owner asks for another', async () => {
    const { says, codeFor } = conversation();
    const first = await codeFor(ann);
    await codeFor(ann);

    expect(await says(telegramAnn, { code: first })).toMatchObject({ because: 'unknown-code' });
  });

  it('is guessed five times, and no more', async () => {
    const { says, codeFor } = conversation();
    const code = await codeFor(ann);
    for (let tries = 0; tries < 5; tries += 1) await says(telegramBob, { code: `lk_${tries}` });

    expect(await says(telegramBob, { code })).toEqual({ step: 'not-linked', because: 'too-many-tries' });
    expect(await says(telegramAnn, { code })).toMatchObject({ step: 'confirm' });
  });
});

describe('what linked accounts may do', () => {
  const may = async (
    id: string,
    rules: readonly object[],
    platforms: Parameters<typeof withLinks>[1]['platforms'],
  ) => {
    const { state, access } = conversation();
    await link(ann, telegramAnn, state);
    const ask = {
      words: '',
      from: { id, groups: [] },
      where: { platform: id.replace(/:.*/, ''), place: 'X' },
    };
    const { from: who, standing } = await withLinks(ask, { state, platforms });
    return mayAsk(access(rules), { who, where: ask.where, ...(standing && { standing }) }, 'run', 'shop');
  };
  const slackWith = (standing: Standing) => [
    { ...memoryPlatform('slack'), standingOf: async () => standing },
  ];

  it('is what rules with the name of one of them give, and what denies it to one denies it to both', async () => {
    expect(await may(telegramAnn, annMayAll, [])).toBe(true);
    expect(await may(ann, [...annMayAll, { deny: ['run'], who: [telegramAnn] }], [])).toBe(false);
  });

  it('is denied by the groups of the other account, and while nobody knows them', async () => {
    const rules = [...annMayAll, { deny: ['run'], who: ['slack:group:S1'] }];

    expect(await may(telegramAnn, rules, slackWith({ deniedWith: ['slack:group:S1'] }))).toBe(false);
    expect(await may(telegramAnn, rules, slackWith({ deniedWith: ['slack:group:S2'] }))).toBe(true);
    expect(await may(telegramAnn, rules, slackWith({ unknown: ['slack:group:'] }))).toBe(false);
    expect(await may(telegramAnn, rules, [])).toBe(false);
  });

  it('is not given by the groups of the other account', async () => {
    const rules = [{ allow: ['all'], who: ['slack:group:S1'] }];

    expect(await may(telegramAnn, rules, slackWith({ deniedWith: ['slack:group:S1'] }))).toBe(false);
  });
});
