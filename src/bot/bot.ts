import type { Ask, Platform } from '../chat/platform.ts';
import type { RunReport } from '../domain/report.ts';
import type { Address } from '../domain/who.ts';
import { sentenceOf } from '../log.ts';
import { cleansOf, deliveriesTo, looks, reports, rollCalls, runsOf, verifiesOf } from '../queue/contracts.ts';
import { keepTrying } from '../queue/keep-trying.ts';
import type { Running } from '../queue/queue.ts';
import { answer } from './answer.ts';
import type { Answering } from './answering.ts';
import { openCards } from './cards.ts';
import type { ChannelRule } from './channels.ts';
import { workOnDigests } from './digest/digests.ts';
import { scheduleDigests } from './digest/schedule-digests.ts';
import { takeIn } from './health/alerting.ts';
import { callRoll, scheduleRollCalls } from './health/roll-call.ts';
import { openOutbox } from './outbox.ts';
import { refuse } from './refuse.ts';
import { frameOf } from './render/frame-of.ts';
import { deliver, routeReport } from './tell.ts';

export interface BotTools extends Omit<Answering, 'cards' | 'outbox'> {
  readonly platforms: readonly Platform[];
  readonly channels: readonly ChannelRule[];
  /** Alerts that last are told again after so many hours. */
  readonly repeatEveryInHours: number;
  /** Hears of every run that this process tells of. */
  readonly onRun?: (run: RunReport) => void;
}

/** So many may wait for their platform, as one that takes so many edits a minute and no more, before others wait for them. */
const deliveriesAtOnce = 100;

/** Commands in, reports out: takes words from every platform, and brings every platform its reports. */
export async function startBot(tools: BotTools): Promise<Running> {
  const { platforms, queue, state, log, clock } = tools;
  const cards = openCards((to) => platforms.find((platform) => delivers(platform, to)), state, log);
  const outbox = openOutbox(tools);
  const answering = { ...tools, cards, outbox };

  const works = [
    queue.work(reports, ({ data }) => routeReport(data, tools)),
    workOnDigests(tools),
    queue.work(looks, (job) => takeIn(job, tools)),
    queue.work(rollCalls, (job) => callRoll(job, tools, clock().toMillis())),
    ...platforms.map((platform) =>
      queue.work(deliveriesVia(platform), (job) => deliver(job, { state, cards, outbox, clock }), {
        concurrency: deliveriesAtOnce,
      }),
    ),
  ];
  const groups = [...new Set(tools.apps.map(({ runsOn }) => runsOn))];
  const followed = groups.flatMap((group) => [
    queue.follow(runsOf(group), showProgress),
    queue.follow(cleansOf(group), showProgress),
    queue.follow(verifiesOf(group), showProgress),
  ]);

  /** Lossy: what cannot be shown now is made up for by the next. */
  async function showProgress(runId: string, facts: unknown): Promise<void> {
    const frame = frameOf(runId, facts);
    if (frame === undefined) return;
    try {
      await cards.show(runId, frame);
    } catch (thrown) {
      log.debug(`The progress of ${runId} was not shown: ${sentenceOf(thrown)}`);
    }
  }

  const calls = keepTrying('The calls of the workers', () => scheduleRollCalls(tools), log.warn);
  const scheduled = keepTrying('The digests', () => scheduleDigests(tools), log.warn);
  const bot = {
    async close() {
      await Promise.all(platforms.map((platform) => platform.close()));
      await Promise.all(
        [...works, ...(await Promise.all(followed)), scheduled, calls].map((work) => work.close()),
      );
      await Promise.all(platforms.map((platform) => leave(platform, tools)));
    },
  };
  try {
    const refuseIn = (ask: Ask) => refuse(ask, answering);
    for (const platform of platforms)
      await platform.start((ask) => answer(ask, answering), refuseIn, outbox.say);
    return bot;
  } catch (thrown) {
    await bot.close(); // What works already would keep the process alive.
    throw thrown;
  }
}

function delivers(platform: Platform, to: Address): boolean {
  return platform.name === to.platform && platform.process === to.process;
}

function deliveriesVia({ name, process }: Platform) {
  return deliveriesTo({ platform: name, process });
}

/** What waits for this process alone would wait for ever. */
async function leave(platform: Platform, { queue, log }: BotTools): Promise<void> {
  if (platform.process === undefined) return;
  try {
    await queue.remove(deliveriesVia(platform));
  } catch (thrown) {
    log.warn(`What was still to be said on ${platform.name} stays in the queue: ${sentenceOf(thrown)}`);
  }
}
