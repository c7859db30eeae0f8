import { describe, expect, it } from 'vitest';
import { DigestRules, plannedDigests } from '../../../src/bot/digest/digest-rule.ts';

describe('the digests of a configuration', () => {
  it('are every weekday at eight in its zone, with a picture, unless they say otherwise', () => {
    const rules = DigestRules.parse([
      { to: 'slack:C1' },
      { to: 'slack:C2', cron: '30 7 * * 1', zone: 'Asia/Tokyo', picture: false },
    ]);

    expect(plannedDigests(rules, [], 'Europe/Brussels')).toEqual([
      { to: 'slack:C1', cron: '0 8 * * 1-5', zone: 'Europe/Brussels', picture: true },
      { to: 'slack:C2', cron: '30 7 * * 1', zone: 'Asia/Tokyo', picture: false },
    ]);
  });

  it('are the usual ones for channels that want digests and have no rule', () => {
    const rules = DigestRules.parse([{ to: 'slack:C1', cron: '0 9 * * *' }]);
    const channels = [
      { to: 'slack:C1', reports: ['digest' as const] },
      { to: 'slack:C2', reports: ['failures' as const, 'digest' as const] },
      { to: 'slack:C2', reports: ['digest' as const] },
      { to: 'slack:C3', reports: ['failures' as const] },
    ];

    const planned = plannedDigests(rules, channels, 'UTC');

    expect(planned.map(({ to, cron }) => `${to} ${cron}`)).toEqual([
      'slack:C1 0 9 * * *',
      'slack:C2 0 8 * * 1-5',
    ]);
  });

  it('are one a place', () => {
    const { error } = DigestRules.safeParse([{ to: 'slack:C1' }, { to: 'slack:C1', cron: '0 9 * * *' }]);

    expect(error?.issues).toMatchObject([
      { path: [1, 'to'], message: 'slack:C1 has a digest already. A place has one.' },
    ]);
  });
});
