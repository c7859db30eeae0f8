import { hostname } from 'node:os';
import { questionsOf, runsOf } from '../src/queue/contracts.ts';
import type { Running } from '../src/queue/queue.ts';
import { announce } from './announce.ts';
import { handleQuestion, handleRun } from './handle-job.ts';
import type { Tools } from './tools.ts';

/** Questions are short and mostly wait for somebody else. */
const questionsAtATime = 4;

/** Works for one group until it is closed; what is in hand then is finished first. */
export async function startWorker(tools: Tools): Promise<Running> {
  const { group, queue } = tools;
  const announcement = await announce(group, tools);
  const runs = queue.work(runsOf(group), (job) => handleRun(job, tools));
  const questions = queue.work(questionsOf(group), (job) => handleQuestion(job, tools), {
    concurrency: questionsAtATime,
  });
  tools.log.info(
    `Worker of group "${group}" on ${hostname()} is ready for ${[...tools.apps.keys()].join(', ') || 'no app'}.`,
  );

  return {
    async close() {
      await announcement.close();
      await Promise.all([runs.close(), questions.close()]);
    },
  };
}
