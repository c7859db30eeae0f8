import { describe, expect, it } from 'vitest';
import { damage } from '../../../src/domain/health/damage.ts';
import { toInstant } from '../../../src/domain/instant.ts';
import { backup, holdings, now, watch } from './facts.ts';

const at = toInstant(now.minus({ days: 3 }));

/** So many that were damaged when they were read three days ago, among others. */
function damaged(count: number) {
  const backups = Array.from({ length: 5 }, (_, night) =>
    backup({
      takenAt: now.minus({ days: night }),
      ...(night < 4 && { last: { found: night < count ? ('differs' as const) : ('whole' as const), at } }),
    }),
  );
  return holdings({ backups });
}

describe('a backup that was not as stored when it was read', () => {
  it('is told as long as it is there, with what to do', () => {
    expect(damage().judge(damaged(1), watch)).toEqual({
      problem: 'shop/2026-11-22-02-15-00.zip in disk was not what was stored when it was read, 3 d ago.',
      advice:
        'No clean counts or removes it. Copy it from where it is whole, with its manifest, or remove it; then: /backup verify shop --all',
    });
  });

  it('is named with the number of others', () => {
    expect(damage().judge(damaged(3), watch)).toMatchObject({
      problem: expect.stringMatching(/3 d ago\. So were 2 others\.$/),
    });
  });

  it('is none where all was whole, or never read', () => {
    expect(damage().judge(damaged(0), watch)).toBeUndefined();
  });
});
