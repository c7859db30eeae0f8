/*
 * One process of the product, for somebody to kill: `node --import tsx process.ts bot|worker CONFIG`. It is what `holdfast bot`
 * and `holdfast worker` are, but that the queue and Telegram are in a hurry,
 * and that all is logged.
 */
import { existsSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { openProduct } from '../../src/cli/product.ts';
import { workerOf } from '../../src/cli/workers-here.ts';
import { readConfig } from '../../src/config/read.ts';
import { torturePace } from './pace.ts';

const [role, file = ''] = process.argv.slice(2);
// What it is told is known only once all servers are there; by then it has read its code.
while (!existsSync(file)) await pause(50);
const config = readConfig(file, process.env);
const product = await openProduct({
  ...(role === 'bot' ? await theBot() : theWorker()),
  logLevel: 'debug',
  pace: torturePace,
});
product.log.info(`The ${role} is there.`);
const lag = monitorEventLoopDelay({ resolution: 10 });
lag.enable();
setInterval(() => {
  // It measures the pause of 10 ms as well.
  product.log.debug(
    `The event loop was late by p99 ${Math.max(0, Math.round(lag.percentile(99) / 1e6 - 10))} ms.`,
  );
  lag.reset();
}, 20_000).unref();
process.once('SIGTERM', () => void product.close().then(() => process.exit(0)));

/** A worker does not wait until the chat platforms are loaded. */
async function theBot() {
  const { inAHurry } = await import('./hurried-bot.ts');
  return { bot: inAHurry(config), workers: [] };
}

function theWorker() {
  return { workers: [workerOf(config, 'default')] };
}
