import { readFileSync } from 'node:fs';

/*
 * Loaded into a process before anything else: its clock is as many milliseconds ahead of the real one as the file TEST_CLOCK_AHEAD
 * names says, and jumps when that changes. Timers go on as they did, as they do when somebody sets a clock.
 */
const file = process.env.TEST_CLOCK_AHEAD ?? '';
const everyMs = 20;
const realNow = Date.now;
let aheadInMs = look();
setInterval(() => {
  aheadInMs = look();
}, everyMs).unref();

const now = () => realNow() + aheadInMs;

globalThis.Date = new Proxy(Date, {
  construct: (real, values, made) => Reflect.construct(real, values.length === 0 ? [now()] : values, made),
  apply: (real) => new real(now()).toString(),
  get: (real, key) => (key === 'now' ? now : Reflect.get(real, key)),
});

function look(): number {
  return Number(readFileSync(file, 'utf8'));
}
