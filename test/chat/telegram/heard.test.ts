import { describe, expect, it } from 'vitest';
import { hear } from '../../../src/chat/telegram/heard.ts';

const words = (text: string, chat: 'private' | 'supergroup' = 'private') => {
  const heard = hear(text, chat, 'holdfast_bot');
  return heard?.is === 'words' ? heard.words : heard;
};

describe('what is meant for the bot', () => {
  it.each([
    ['/backup run shop', 'run shop'],
    ['/backup@holdfast_bot run “my shop”', 'run “my shop”'],
    ['/BACKUP@Holdfast_Bot list', 'list'],
    ['/run@holdfast_bot shop', 'run shop'],
    ['/status@Holdfast_Bot', 'status'],
    ['/backup', ''],
    ['/backup\nrun shop', 'run shop'],
  ])('%j asks for %j, in a group and in private', (text, meant) => {
    expect(words(text)).toBe(meant);
    expect(words(text, 'supergroup')).toBe(meant);
  });

  it.each([
    ['/run shop —only-db', 'run shop —only-db'],
    ['/list', 'list'],
    ['run shop', 'run shop'],
    ['/nonsense', 'nonsense'],
  ])('%j is %j in private, and nothing in a group', (text, meant) => {
    expect(words(text)).toBe(meant);
    expect(words(text, 'supergroup')).toBeUndefined();
  });

  it.each(['/backup@other_bot list', '/run@other_bot shop', '/start@other_bot'])(
    '%j is meant for another bot',
    (text) => {
      expect(words(text)).toBeUndefined();
      expect(words(text, 'supergroup')).toBeUndefined();
    },
  );

  it('/start is a greeting, unless a link brings a code with it', () => {
    expect(words('/start')).toEqual({ is: 'start' });
    expect(words('/start@holdfast_bot', 'supergroup')).toEqual({ is: 'start' });
    expect(words('/start lk_abc2')).toBe('link lk_abc2');
    expect(words('/start something else')).toEqual({ is: 'start' });
  });
});
