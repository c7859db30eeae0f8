import type { Ask } from '../chat/platform.ts';
import { writeCommand } from '../domain/write-command.ts';
import type { Answered, Answering } from './answering.ts';
import { consider } from './consider.ts';
import { requestRun } from './request-run.ts';
import { endedRun, unfinishedRun } from './runs.ts';

/**
 * Asks for what a run was asked for, once more. The words are read anew: apps and destinations may not be the same any
 * more, nor what the asker may do. While the run itself is unfinished it is told about, as any other would be.
 */
export async function retryRun(runId: string, ask: Ask, tools: Answering): Promise<Answered> {
  const decision = await consider(await wordsOf(runId, tools), ask, tools);
  if (decision.kind !== 'command') return { told: [decision], pending: [] };
  if (decision.command.verb !== 'run') throw notARun(runId);
  return requestRun({ command: decision.command, retryOf: runId }, ask, tools);
}

async function wordsOf(runId: string, tools: Answering): Promise<string> {
  const unfinished = await unfinishedRun(runId, tools);
  if (unfinished !== undefined) return writeCommand(unfinished.job.data.command);

  const ended = await endedRun(runId, tools.state);
  if (ended !== undefined && ended.kind !== 'run') throw notARun(runId);
  if (ended?.words !== undefined) return ended.words;
  throw new Error(`It is not remembered what was asked for with ${runId}; ask for the run in words.`);
}

function notARun(runId: string): Error {
  return new Error(`${runId} is no backup, so it cannot be retried. Ask for it anew in words.`);
}
