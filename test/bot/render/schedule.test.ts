import { describe, expect, it } from 'vitest';
import { renderSchedule } from '../../../src/bot/render/schedule.ts';
import { consoleText } from '../../../src/chat/console-text.ts';
import type { ReportOf } from '../../../src/domain/report.ts';

type Scheduled = ReportOf<'schedule'>['apps'][number];

const nightly = {
  ...{ chore: 'run' as const, cron: '0 2 * * *', zone: 'Europe/Brussels' },
  next: ['2026-11-24T01:00:00.000Z', '2026-11-25T01:00:00.000Z', '2026-11-26T01:00:00.000Z'],
};

function shown(...apps: readonly Scheduled[]): string[] {
  const at = '2026-11-23T05:00:00.000Z';
  const report = { kind: 'schedule' as const, at, timezone: 'Europe/Brussels', apps: [...apps] };
  return consoleText(renderSchedule(report), 'Europe/Brussels').split('\n');
}

describe('what is due', () => {
  it('is a line for each chore, with its next three firings', () => {
    const clean = { ...nightly, chore: 'clean' as const, next: ['2026-11-24T01:10:00.000Z'] };

    expect(shown({ app: 'shop', chores: [nightly, clean] })).toEqual([
      '· Schedule',
      '  app   what   next              second            third',
      '  shop  run    Tue 24 Nov 02:00  Wed 25 Nov 02:00  Thu 26 Nov 02:00',
      '  shop  clean  Tue 24 Nov 02:10',
      '  Times are of Europe/Brussels.',
    ]);
  });

  it('is told on the own clock of the app, too, with the day where that is another', () => {
    const abroad = { ...nightly, zone: 'America/New_York', next: ['2026-11-24T01:00:00.000Z'] };
    const nearby = { ...nightly, zone: 'Asia/Tokyo', next: ['2026-11-24T05:00:00.000Z'] };

    const [, , first, second, clocks] = shown(
      { app: 'shop', chores: [abroad] },
      { app: 'blog', chores: [nearby] },
    );

    expect(first).toContain('Tue 24 Nov 02:00 (Mon 23 Nov 20:00)');
    expect(second).toContain('Tue 24 Nov 06:00 (14:00)');
    expect(clocks).toBe(
      '  Times are of Europe/Brussels; in brackets on the own clock of shop (America/New_York) and blog (Asia/Tokyo).',
    );
  });

  it('is nothing while the app is paused until somebody resumes it', () => {
    const paused = { by: { id: 'console:ann', groups: [] }, at: '2026-11-23T05:00:00.000Z' };

    expect(shown({ app: 'shop', paused, chores: [{ ...nightly, next: [] }] })).toEqual([
      '· Schedule',
      '  shop is paused until it is resumed, by console:ann',
      '  app   what  next    second  third',
      '  shop  run   paused',
      '  Times are of Europe/Brussels.',
    ]);
  });

  it('is said to be nothing where nothing is', () => {
    expect(shown({ app: 'shop', chores: [] })).toEqual(['· Nothing is scheduled']);
  });
});
