import { type CronExpression, CronExpressionParser } from 'cron-parser';
import { z } from 'zod';

/** Five fields: minute, hour, day of month, month, day of week; or a name for them such as `@daily`. */
export const Cron = z
  .string()
  .refine(isCron, 'five fields such as "30 2 * * *": minute, hour, day of month, month, day of week');
export type Cron = z.infer<typeof Cron>;

/** A cron expression as days and times of day, in no zone. Its days begin at midnight UTC, in milliseconds, as a calendar counts. */
export interface CronTimes {
  firesOn(day: number): boolean;
  /** Milliseconds after the day's beginning, in order. */
  readonly timesOfDay: readonly number[];
  /** Whether the hour is `*` or a step of it: meant as "every so often", not as a time on the clock. */
  readonly everySoOften: boolean;
}

export function readCron(cron: Cron): CronTimes {
  const known = alreadyRead.get(cron);
  if (known !== undefined) return known;
  const times = timesOf(cron);
  alreadyRead.set(cron, times);
  return times;
}

/** Thousands of apps have the same few expressions, and reading one takes half a millisecond. */
const alreadyRead = new Map<Cron, CronTimes>();

function timesOf(cron: Cron): CronTimes {
  const expression = CronExpressionParser.parse(cron, { tz: 'UTC' });
  const { hour, minute } = expression.fields;
  const timesOfDay = hour.values.flatMap((each) => minute.values.map((at) => (each * 60 + at) * 60_000));
  const [first = 0] = timesOfDay;
  return {
    firesOn: (day) => expression.includesDate(new Date(day + first)),
    timesOfDay,
    everySoOften: hourField(expression).startsWith('*'),
  };
}

function hourField(expression: CronExpression): string {
  return expression.stringify().split(' ')[1] ?? '';
}

function isCron(text: string): boolean {
  if (!/^(@\w+|\S+( +\S+){4})$/.test(text.trim())) return false;
  try {
    CronExpressionParser.parse(text, { tz: 'UTC' });
    return true;
  } catch {
    return false; // What is wrong with it is told by the sentence of the schema.
  }
}
