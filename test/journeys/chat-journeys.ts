import { expect, it, vi } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import type { Front } from '../support/front.ts';
import { held } from '../support/held-destination.ts';
import { namesIn, plant } from '../support/planted-backups.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { disk, type Shop, shop } from '../support/shop.ts';

/** What people do in every chat, whichever it is: the console, Slack, Telegram. */
export function chatJourneys(store: () => Store, open: () => Promise<Front>): void {
  const start = (apps: readonly Shop[]) => startFront(apps, store, open);

  it('stores a backup when asked to, in one message that ends with the result', async () => {
    const target = disk('disk');
    const { front } = await start([shop([target])]);

    front.type('run shop');
    const card = await front.see(/Backup of shop is stored/);

    expect(front.all().map(({ id }) => id)).toEqual([card.id]);
    expect(card.text).toContain('✔ disk');
    expect(await target.list('shop')).toHaveLength(1);
  });

  it('answers questions', async () => {
    const { front } = await start([shop()]);

    for (const words of ['list', 'status', 'help', 'whoami']) front.type(words);

    await front.see(/none yet/);
    await front.see(/Nothing is running/);
    await front.see(/run <app>/);
    const whoami = await front.see(/You are/);
    expect(whoami.text).toContain(front.ids.ann);
  });

  it('says what is wrong with words it does not understand, and does nothing', async () => {
    const { front, product } = await start([shop()]);

    front.type('rnu “shop”');
    front.type('run shop --only-file');

    const mistyped = await front.see(/There is no command called "rnu"/);
    await front.see(/--only-files/);
    expect(mistyped.text).toContain('Did you mean');
    expect(await unfinished(product)).toEqual([]);
  });

  it('tells whoever asks for a second run about the first', async () => {
    const target = held(disk('disk'));
    const { front } = await start([shop([target])]);
    front.type('run shop');
    await target.reached;

    front.type('run shop');
    await front.see(/A backup of shop is already running/);
    target.letGo();

    await front.see(/Backup of shop is stored/);
    expect(front.all()).toHaveLength(2);
  });

  it('cancels a run by its button', async () => {
    const target = held(disk('disk'));
    const { front } = await start([shop([target])]);
    front.type('run shop');
    await target.reached;
    const card = await front.see(/Backup of shop is running/);

    await front.press(card, /Cancel/);
    const cancelled = await front.see(/Backup of shop was cancelled/);
    target.letGo();

    expect(cancelled.id).toBe(card.id);
  });

  it('lets one pick an app where several could be meant', async () => {
    const apps = Array.from({ length: 11 }, (_, i) => shop([disk('disk')], `shop-${i + 10}`));
    const { front } = await start(apps);

    front.type('run');
    const choice = await front.see(/Which app\?/);
    await front.press(choice, /^shop-12$/);

    await front.see(/Backup of shop-12 is stored/);
  });

  it('deletes old backups once the plan was read and the name typed', async () => {
    const target = disk('disk');
    plant(target.folder, { takenAt: new Date().toISOString() });
    plant(target.folder, { takenAt: '2019-01-01T02:00:00Z' });
    const { front } = await start([shop([target])]);

    front.type('clean shop');
    const plan = await front.see(/Cleaning shop removes 1 backup/);
    const before = namesIn(target.folder);
    await front.confirm(plan, /Delete/, 'shop');
    await front.see(/Cleaned shop: 1 backup removed/);

    expect(before).toHaveLength(4);
    expect(namesIn(target.folder).join()).not.toContain('2019');
    expect(namesIn(target.folder)).toHaveLength(2);
  });

  it('deletes nothing when more is stored than the plan showed, and shows a new plan', async () => {
    const target = disk('disk');
    plant(target.folder, { takenAt: new Date().toISOString() });
    plant(target.folder, { takenAt: '2019-01-01T02:00:00Z' });
    const { front, product } = await start([shop([target])]);
    front.type('clean shop');
    const plan = await front.see(/Cleaning shop removes 1 backup/);

    plant(target.folder, { takenAt: '2019-01-02T02:00:00Z' });
    await front.confirm(plan, /Delete/, 'shop');
    const anew = await front.see(/The listing has changed since that plan was shown/);
    const meanwhile = namesIn(target.folder);
    // The plan is told a moment before the clean that found it ends, and nobody presses as fast as a test.
    await vi.waitUntil(async () => (await unfinished(product)).length === 0, 30_000);
    await front.confirm(anew, /Delete 2/, 'shop');
    await front.see(/Cleaned shop: 2 backups removed/);

    expect(meanwhile).toHaveLength(6);
    expect(namesIn(target.folder)).toHaveLength(2);
  });
}

/** What people do in chats where rules say who may do what; on the console everybody is the operator. */
export function ruledJourneys(store: () => Store, open: () => Promise<Front>): void {
  const start = (apps: readonly Shop[]) => startFront(apps, store, open);

  it('refuses whoever may not, says so, and writes it down', async () => {
    const target = disk('disk');
    const { front, product } = await start([shop([target])]);

    front.type('run shop', 'bob');
    const refusal = await front.see(/You may not ask for run shop here/);

    expect(refusal.text).toContain(front.ids.bob);
    expect(await target.list('shop')).toEqual([]);
    expect(await product.audited()).toMatchObject([{ decision: 'refused', who: front.ids.bob }]);
  });

  it('asks the rules about whoever presses: one who may not cancel is refused, and the run goes on', async () => {
    const target = held(disk('disk'));
    const { front, product } = await start([shop([target])]);
    front.type('run shop');
    await target.reached;
    const card = await front.see(/Backup of shop is running/);

    await front.press(card, /Cancel/, 'bob');
    const refusal = await front.see(/You may not ask for cancel/);
    const stillThere = await unfinished(product);
    await front.press(card, /Cancel/, 'ann');
    const cancelled = await front.see(/Backup of shop was cancelled/);
    target.letGo();

    expect(refusal.text).toContain(front.ids.bob);
    expect(stillThere).toHaveLength(1);
    expect(cancelled.id).toBe(card.id);
    expect(await product.audited()).toContainEqual(
      expect.objectContaining({ decision: 'refused', who: front.ids.bob }),
    );
  });
}

/** What people hear in chats without asking. */
export function toldJourneys(store: () => Store, open: () => Promise<Front>): void {
  it('tells a channel when something is wrong with the backups, with what to do, and when it is right again', async () => {
    const front = await open();
    const channels = [{ to: front.place, reports: ['health' as const, 'recoveries' as const] }];
    const { say } = await startProduct(store(), { apps: [shop()], channels, chats: front.chats });

    await say('/backup monitor');
    const alert = await front.see(/Something is wrong with the backups of shop/);
    await say('/backup run shop');
    await say('/backup monitor');
    const recovery = await front.see(/The backups of shop are right again/);

    expect(alert.text).toContain('There is no backup of shop in disk.');
    expect(alert.text).toContain('/backup run shop');
    expect(recovery.text).toMatch(/no longer so, after [0-9.]+ (s|min)/);
    expect(front.all()).toHaveLength(2);
  });
}

/** The product with this chat in it, where Ann may do all and Bob nothing. */
async function startFront(apps: readonly Shop[], store: () => Store, open: () => Promise<Front>) {
  const front = await open();
  const access = [{ allow: ['all' as const], who: [front.ids.ann] }];
  const product = await startProduct(store(), { apps, access, chats: front.chats });
  return { front, product };
}

async function unfinished({ say }: TestProduct): Promise<unknown[]> {
  const { reports } = await say('/backup status');
  return reports.flatMap((report) => (report.kind === 'status' ? report.unfinished : []));
}
