import fc from 'fast-check';
import type { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { AlertNews } from '../../../src/domain/alert/news.ts';
import type { CheckName } from '../../../src/domain/health/check.ts';
import { found, monitor } from './looks.ts';

const apps = ['shop', 'blog', 'wiki'];
const checks: CheckName[] = ['age', 'storage'];

/** One thing that happens: time goes by, perhaps somebody mutes an app, and an app is looked at. */
const happening = fc.record({
  minutes: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 2_000 })),
  app: fc.constantFrom(...apps),
  failing: fc.subarray(checks),
  muteHours: fc.option(fc.integer({ min: 1, max: 48 }), { freq: 8, nil: undefined }),
});
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

describe('whatever happens, people', () => {
  it('never hear twice within a day of what has not been right in between', () => {
    holds((story) => {
      const last = new Map<string, DateTime>();
      for (const { kind, subject, at } of story.told) {
        const before = last.get(subject);
        if (kind === 'resolved') last.delete(subject);
        else {
          if (before) expect(at.diff(before).as('hours')).toBeGreaterThanOrEqual(24);
          last.set(subject, at);
        }
      }
    });
  });

  it('hear that something is right again only after they have heard that it was wrong, and always then', () => {
    holds((story) => {
      const wrong = new Set<string>();
      for (const { kind, subject } of story.told) {
        if (kind === 'resolved') expect(wrong.delete(subject)).toBe(true);
        else if (kind === 'started') expect(wrong.has(subject)).toBe(false);
        if (kind !== 'resolved') wrong.add(subject);
      }
      expect([...wrong]).toEqual([]);
    });
  });

  it('always know of what is wrong, unless it is muted or waits for a storm to pass', () => {
    holds((story) => {
      for (const { state, news, heldUntil } of story.steps) {
        if (heldUntil !== undefined) continue;
        const muted = state.mutes.map(({ app }) => app);
        const unknown = state.alerts.filter(({ resolvedAt, toldAt, app }) => {
          return resolvedAt === undefined && toldAt === undefined && !muted.includes(app);
        });
        expect(unknown).toEqual([]);
        expect(
          news &&
            Object.values(news)
              .flat()
              .some((told) => told !== undefined && muted.includes(told.app)),
        ).not.toBe(true);
      }
    });
  });

  it('never get more than five messages in ten minutes', () => {
    holds((story) => {
      const messages = story.steps.filter(({ news }) => news !== undefined).map(({ at }) => at);
      for (const [place, at] of messages.entries()) {
        const fifthBefore = messages[place - 5];
        if (fifthBefore) expect(at.diff(fifthBefore).as('minutes')).toBeGreaterThanOrEqual(10);
      }
    });
  });
});

function holds(promise: (story: ReturnType<typeof tellStory>) => void): void {
  const happenings = fc.array(happening, { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(happenings, (each) => promise(tellStory(each))),
    { numRuns: 60 },
  );
}

/** Plays what happens; in the end all is well for days. */
function tellStory(happenings: readonly Happening[]) {
  const { look, wait, mute, now } = monitor();
  const steps: (ReturnType<typeof look> & { at: DateTime })[] = [];
  for (const { minutes, app, failing, muteHours } of happenings) {
    wait({ minutes });
    if (muteHours !== undefined) mute(app, muteHours);
    steps.push({ ...look(found(app, ...failing)), at: now() });
  }
  for (let day = 0; day < 4; day++) {
    wait({ days: 1 });
    steps.push({ ...look(...apps.map((app) => found(app))), at: now() });
  }
  return { steps, told: steps.flatMap(({ news, at }) => (news ? tellings(news, at) : [])) };
}

/** What remains has been told before, or is told in the same message. */
function tellings({ remaining: _, ...news }: AlertNews, at: DateTime) {
  return Object.entries(news).flatMap(([kind, told]) =>
    told.map(({ app, check }) => ({ kind, subject: `${app} ${check}`, at })),
  );
}
