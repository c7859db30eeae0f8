import { expect, it } from 'vitest';
import { consolePlatform } from '../../src/chat/console.ts';
import { PlaceClosed } from '../../src/chat/platform.ts';

it('what a console is told after it was closed is given back, so that it is told elsewhere', async () => {
  const console = consolePlatform();
  const places: string[] = [];
  await console.start(
    async ({ where }) => {
      places.push(where.place);
      return [];
    },
    async () => undefined,
    async () => {},
  );
  const session = console.open({ id: 'console:me', groups: [] }, () => {});
  await session.say('run shop');
  const to = { platform: 'console', place: places[0] ?? '' };
  const message = { tone: 'good' as const, title: ['Backup of shop is stored'], blocks: [] };

  const posted = await console.post(to, message);
  session.leave();

  await expect(console.post(to, message)).rejects.toThrow(PlaceClosed);
  expect(await console.edit(posted, message)).toBe(false);
});
