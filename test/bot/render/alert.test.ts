import { describe, expect, it } from 'vitest';
import { renderAlert } from '../../../src/bot/render/alert.ts';
import { consoleText } from '../../../src/chat/console-text.ts';
import type { AlertNews } from '../../../src/domain/alert/news.ts';
import { toInstant } from '../../../src/domain/instant.ts';
import { found, monitor } from '../../domain/alert/looks.ts';

describe('a message that something is over', () => {
  it('does not call an app right while something else of it is wrong, and says what that is', () => {
    const shop = monitor();
    shop.look(found('shop', 'age', 'storage'), found('blog', 'age'));
    shop.wait({ hours: 1 });

    const text = textOf(shop.look(found('shop', 'storage')).news, shop);

    expect(text).not.toContain('right again');
    expect(text).toContain('! Part of what was wrong with the backups of shop is over');
    expect(text).toContain('shop: no longer so, after 1 h: age of shop.');
    expect(text).toContain('shop: still so: storage of shop.');
  });

  it('calls right only those apps of which nothing is wrong', () => {
    const shop = monitor();
    shop.look(found('shop', 'age', 'storage'), found('blog', 'age'));

    const text = textOf(shop.look(found('shop', 'storage'), found('blog')).news, shop);

    expect(text).toContain('The backups of blog are right again; those of shop only in part');
  });

  it('says so also where only recoveries are told, when something else begins at the same look', () => {
    const shop = monitor();
    shop.look(found('shop', 'age'));
    const { news } = shop.look(found('shop', 'storage'));
    const recoveries = news && { ...news, started: [] };

    expect(textOf(recoveries, shop)).toContain('shop: still so: storage of shop.');
    expect(textOf(news, shop)).not.toContain('still so');
  });

  it('calls an app right when the last of it is over', () => {
    const shop = monitor();
    shop.look(found('shop', 'age', 'storage'));
    shop.look(found('shop', 'storage'));

    const text = textOf(shop.look(found('shop')).news, shop);

    expect(text).toContain('✔ The backups of shop are right again');
  });
});

function textOf(news: AlertNews | undefined, { now }: ReturnType<typeof monitor>): string {
  if (news === undefined) throw new Error('There is nothing to tell.');
  return consoleText(renderAlert({ kind: 'alert', at: toInstant(now()), news }), 'UTC');
}
