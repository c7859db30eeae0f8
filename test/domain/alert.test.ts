import { describe, expect, it } from 'vitest';
import { unmute } from '../../src/domain/alert/mute.ts';
import { AlertState } from '../../src/domain/alert/state.ts';
import { toInstant } from '../../src/domain/instant.ts';
import { found, inShort, monitor, start } from './alert/looks.ts';

describe('an alert', () => {
  it('is told when it begins, not each time the check runs, again after a day, and when it is over', () => {
    const shop = monitor();
    const said: string[][] = [];

    for (let hour = 0; hour <= 30; hour++) {
      said.push(inShort(shop.look(found('shop', ...(hour < 30 ? (['age'] as const) : []))).news));
      shop.wait({ hours: 1 });
    }

    const hours = said.flatMap((news, hour) => news.map((each) => `${hour} h: ${each}`));
    expect(hours).toEqual(['0 h: started shop age', '24 h: reminded shop age', '30 h: resolved shop age']);
  });

  it('says what is wrong, since when, what to do, and in the end how long it was', () => {
    const shop = monitor();
    const { news: begun } = shop.look(found('shop', 'age'));
    shop.wait({ hours: 3 });
    const { news: ended } = shop.look(found('shop'));

    const facts = {
      app: 'shop',
      destination: 'disk',
      check: 'age',
      problem: 'age of shop.',
      advice: 'Do something.',
      since: toInstant(start),
    };
    expect(begun?.started).toEqual([facts]);
    expect(ended?.resolved).toEqual([{ ...facts, resolvedAt: toInstant(start.plus({ hours: 3 })) }]);
  });

  it('that is over says what else of its app is still wrong', () => {
    const shop = monitor();
    shop.look(found('shop', 'age', 'storage'), found('blog', 'age'));
    shop.wait({ hours: 1 });
    const partly = shop.look(found('shop', 'storage'));
    shop.wait({ hours: 1 });
    const wholly = shop.look(found('shop'));

    expect(inShort(partly.news)).toEqual(['resolved shop age', 'remaining shop storage']);
    expect(inShort(wholly.news)).toEqual(['resolved shop storage']);
  });

  it('tells everything that begins at one look in one message', () => {
    const { news } = monitor().look(found('shop', 'age', 'storage'), found('blog', 'manifest'));

    expect(inShort(news)).toEqual(['started shop age', 'started shop storage', 'started blog manifest']);
  });

  it('is not over because nobody looked, or nobody could tell', () => {
    const shop = monitor();
    shop.look(found('shop', 'age'));
    shop.wait({ hours: 1 });

    const elsewhere = shop.look(found('blog'));
    const undecided = shop.look({ ...found('shop'), undecided: ['age'] });
    const unreachable = shop.look({ ...found('shop', 'reachable'), undecided: ['age'] });

    expect([elsewhere, undecided].map(({ news }) => news)).toEqual([undefined, undefined]);
    expect(inShort(unreachable.news)).toEqual(['started shop reachable']);
  });

  it('can be kept as JSON', () => {
    const shop = monitor();
    shop.mute('blog', 1);
    shop.look(found('shop', 'age'));

    expect(AlertState.parse(shop.state())).toEqual(shop.state());
  });

  it('is forgotten when its app is no more', () => {
    const shop = monitor();
    shop.look(found('gone', 'age'));
    shop.wait({ days: 31 });
    shop.look(found('shop'));

    expect(shop.state().alerts).toEqual([]);
  });
});

describe('an alert that comes and goes', () => {
  it('is told to do so instead of each change, and told over once it has been calm', () => {
    const shop = monitor();
    const said: string[][] = [];

    for (let change = 0; change < 12; change++) {
      said.push(
        inShort(shop.look(found('shop', ...(change % 2 === 0 ? (['reachable'] as const) : []))).news),
      );
      shop.wait({ hours: 1 });
    }
    shop.wait({ hours: 6 });
    const { news } = shop.look(found('shop'));

    expect(said.flat()).toEqual([
      'started shop reachable',
      'resolved shop reachable',
      'started shop reachable',
      'resolved shop reachable',
      'flapping shop reachable',
    ]);
    expect(inShort(news)).toEqual(['resolved shop reachable']);
    expect(news?.resolved[0]?.since).toBe(toInstant(start));
  });
});

describe('a muted app', () => {
  it('is not spoken of until the end of the mute, and then of what is still wrong', () => {
    const shop = monitor();
    shop.mute('shop', 2);

    const during = shop.look(found('shop', 'age'), found('blog', 'age'));
    shop.wait({ hours: 2 });
    const after = shop.look(found('shop', 'age'));

    expect(inShort(during.news)).toEqual(['started blog age']);
    expect(inShort(after.news)).toEqual(['started shop age']);
    expect(shop.state().mutes).toEqual([]);
  });

  it('is told to be right again after the mute, when people had heard that it was wrong', () => {
    const shop = monitor();
    shop.look(found('shop', 'age'));
    shop.mute('shop', 2);
    const during = shop.look(found('shop'));
    shop.wait({ hours: 3 });

    expect(during.news).toBeUndefined();
    expect(inShort(shop.look().news)).toEqual(['resolved shop age']);
  });

  it('can be unmuted before the end', () => {
    const shop = monitor();
    shop.mute('shop', 2);

    expect(unmute(shop.state(), 'shop').mutes).toEqual([]);
  });
});

describe('a storm', () => {
  it('of many messages becomes one when it has blown over', () => {
    const shop = monitor();
    const steps = Array.from({ length: 40 }, (_, app) => shop.look(found(`app${app}`, 'reachable')));
    const messages = steps.filter(({ news }) => news !== undefined);
    const heldUntil = steps.at(-1)?.heldUntil;
    shop.wait({ minutes: 10 });

    const gathered = shop.look();

    expect(messages).toHaveLength(5);
    expect(heldUntil).toBe(toInstant(start.plus({ minutes: 10 })));
    expect(gathered.news?.started).toHaveLength(35);
    expect(gathered.heldUntil).toBeUndefined();
  });

  it('says nothing of what was over before it could be told', () => {
    const shop = monitor();
    for (let app = 0; app < 6; app++) shop.look(found(`app${app}`, 'reachable'));
    shop.wait({ minutes: 9 });
    shop.look(found('app5'));
    shop.wait({ minutes: 1 });

    expect(shop.look().news).toBeUndefined();
  });
});

describe('a clock that was ahead by a year and has been put right', () => {
  it('keeps nothing from being told again after a day', () => {
    const shop = monitor();
    shop.look(found('shop', 'age'));
    shop.wait({ days: -365 });

    expect(inShort(shop.look(found('shop', 'age')).news)).toEqual(['reminded shop age']);
    shop.wait({ hours: 23 });
    expect(inShort(shop.look(found('shop', 'age')).news)).toEqual([]);
  });

  it('holds no news back for the storm there was then', () => {
    const shop = monitor();
    for (let app = 0; app < 5; app++) shop.look(found(`app${app}`, 'reachable'));
    shop.wait({ days: -365 });

    expect(inShort(shop.look(found('shop', 'age')).news)).toEqual(['started shop age']);
  });
});
