import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { toInstant } from '../src/domain/instant.ts';
import { openPinger } from '../src/ops/pinger.ts';
import { cleansOf, firingsOf, questionsOf, runsOf, verifiesOf } from '../src/queue/contracts.ts';
import { keepTrying } from '../src/queue/keep-trying.ts';
import { HandedBack, type Running } from '../src/queue/queue.ts';
import { announce } from './announce.ts';
import { handleClean, handleQuestion, handleRun, handleVerify } from './handle-job.ts';
import { letGo } from './schedules/holders.ts';
import { putSchedules } from './schedules/put-schedules.ts';
import { seeToChore } from './schedules/see-to-chore.ts';
import type { Tools } from './tools.ts';

/** Questions are short and mostly wait for somebody else. */
const questionsAtATime = 4;

interface WorkerTools extends Omit<Tools, 'stopping' | 'pinger'> {
  /** How many seconds a run may go on when the worker is closed, before it is handed back. */
  readonly shutdownGrace: number;
}

/** Works for one group until it is closed; what is in hand then is finished first, or handed back to the queue. */
export async function startWorker({ shutdownGrace, ...given }: WorkerTools): Promise<Running> {
  const stopping = new AbortController();
  const pinger = openPinger(given.log.warn);
  const worker = { id: randomUUID(), since: toInstant(given.clock()) };
  const tools = { ...given, worker, pinger, stopping: stopping.signal };
  const { group, queue } = tools;
  const announcement = await announce(group, tools);
  const schedules = keepTrying('The schedules', () => putSchedules(tools), tools.log.warn);
  const runs = queue.work(runsOf(group), (job) => handleRun(job, tools));
  const cleans = queue.work(cleansOf(group), (job) => handleClean(job, tools));
  const verifies = queue.work(verifiesOf(group), (job) => handleVerify(job, tools));
  const firings = queue.work(firingsOf(group), (job) => seeToChore(job, tools));
  const questions = queue.work(questionsOf(group), (job) => handleQuestion(job, tools), {
    concurrency: questionsAtATime,
  });
  tools.log.info(
    `Worker of group "${group}" on ${hostname()} is ready for ${[...tools.apps.keys()].join(', ') || 'no app'}.`,
  );

  return {
    async close() {
      tools.log.info(
        `Worker of group "${group}" stops; a run it has in hand may take ${shutdownGrace} s more.`,
      );
      await Promise.all([
        announcement.close(),
        schedules.close().then(() => letGo(tools.apps.values(), tools)),
      ]);
      const patience = setTimeout(() => stopping.abort(handedBack(group)), shutdownGrace * 1000);
      await Promise.all([firings, runs, cleans, verifies, questions].map((work) => work.close()));
      clearTimeout(patience);
      await pinger.close();
    },
  };
}

function handedBack(group: string): HandedBack {
  return new HandedBack(`This worker of group "${group}" stops; the next one begins the run again.`);
}
