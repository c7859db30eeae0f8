import { DateTime } from 'luxon';
import { mute } from '../../../src/domain/alert/mute.ts';
import type { AlertNews } from '../../../src/domain/alert/news.ts';
import { type AlertState, noAlerts } from '../../../src/domain/alert/state.ts';
import { stepAlerts } from '../../../src/domain/alert.ts';
import type { CheckName } from '../../../src/domain/health/check.ts';
import type { HealthVerdict } from '../../../src/domain/health/verdict.ts';
import { toInstant } from '../../../src/domain/instant.ts';

export const start = DateTime.fromISO('2026-11-22T02:15:00Z', { zone: 'utc' });

/** A monitor with a fake clock: looks at apps, and keeps the state as it would be kept, as JSON. */
export function monitor() {
  let state = JSON.stringify(noAlerts);
  let now = start;
  const change = (next: AlertState) => {
    state = JSON.stringify(next);
  };

  return {
    state: (): AlertState => JSON.parse(state),
    now: () => now,
    wait(time: { days?: number; hours?: number; minutes?: number }) {
      now = now.plus(time);
    },
    look(...verdicts: HealthVerdict[]) {
      const step = stepAlerts(JSON.parse(state), verdicts, { now, repeatEveryInHours: 24 });
      change(step.state);
      return step;
    },
    mute(app: string, hours: number) {
      const until = toInstant(now.plus({ hours }));
      change(mute(JSON.parse(state), { app, until, by: { id: 'console:me', groups: [] } }));
    },
  };
}

/** What was found of an app on its disk: these checks fail. */
export function found(app: string, ...checks: CheckName[]): HealthVerdict {
  const failures = checks.map((check) => ({
    check,
    problem: `${check} of ${app}.`,
    advice: 'Do something.',
  }));
  return { app, destination: 'disk', failures, undecided: [] };
}

/** `['started shop age']` */
export function inShort(news: AlertNews | undefined): string[] {
  return Object.entries(news ?? {}).flatMap(([kind, told]) =>
    (told ?? []).map(({ app, check }) => `${kind} ${app} ${check}`),
  );
}
