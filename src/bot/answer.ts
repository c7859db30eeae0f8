import type { Ask } from '../chat/platform.ts';
import { allowedApps, allowedVerbs } from '../domain/access.ts';
import type { CleanCommand } from '../domain/clean-command.ts';
import type { Command } from '../domain/command.ts';
import type { Report } from '../domain/report.ts';
import { addressName } from '../domain/who.ts';
import { writeCommand } from '../domain/write-command.ts';
import { sentenceOf } from '../log.ts';
import { type Answered, type Answering, askerOf, toAsker } from './answering.ts';
import { audit } from './audit.ts';
import { cancelRun } from './cancel-run.ts';
import { consider } from './consider.ts';
import { askForDigest } from './digest/ask-for-digest.ts';
import { muteAnswer } from './health/mute-answer.ts';
import { linkAnswer } from './link/link-answer.ts';
import { withLinks } from './link/linked-ids.ts';
import { askForHealth, askForList, askForPlan } from './questions.ts';
import { requestClean } from './request-clean.ts';
import { requestRun } from './request-run.ts';
import { requestVerify } from './request-verify.ts';
import { retryRun } from './retry-run.ts';
import { runDetails } from './run-details.ts';
import { scheduleAnswer } from './schedule/schedule-answer.ts';
import { statusOf } from './status.ts';

/** Reads words, asks the rules, and does or queues what was asked. Never rejects; gives the jobs whose last word is still to come. */
export async function answer(ask: Ask, tools: Answering): Promise<readonly string[]> {
  const { told, pending } = await replyOrTrouble(ask, tools);
  for (const report of told) await tools.outbox.answer(report, toAsker(ask));
  return pending;
}

async function replyOrTrouble(ask: Ask, tools: Answering): Promise<Answered> {
  try {
    return await reply(ask, tools);
  } catch (thrown) {
    const reason = sentenceOf(thrown);
    tools.log.error(`"${ask.words}" could not be answered: ${reason}`);
    await audit(ask, { decision: 'failed' }, tools);
    return told({ kind: 'trouble', doing: ask.words, reason });
  }
}

async function reply(heard: Ask, tools: Answering): Promise<Answered> {
  const ask = await withLinks(heard, tools);
  const decision = await consider(ask.words, ask, tools);
  if (decision.kind !== 'command') {
    await audit(ask, { decision: decision.kind === 'refused' ? 'refused' : 'not-understood' }, tools);
    return { told: [decision], pending: [] };
  }

  const answered = await carryOut(decision.command, ask, tools);
  const understood = writeCommand(decision.command);
  await audit(
    ask,
    { decision: 'allowed', understood, ...(answered.runId && { runId: answered.runId }) },
    tools,
  );
  return answered;
}

async function carryOut(command: Command, ask: Ask, tools: Answering): Promise<Answered> {
  const { apps, access } = tools;
  const asker = askerOf(ask);
  const mine = (verb: Command['verb']) => {
    const names = allowedApps(access, asker, verb);
    return apps.filter(({ name }) => names.includes(name));
  };

  switch (command.verb) {
    case 'run':
      return requestRun({ command }, ask, tools);
    case 'cancel':
      return cancelRun(command.run, ask, tools);
    case 'retry':
      return retryRun(command.run, ask, tools);
    case 'list':
      return askForList(command.app, mine('list'), ask, tools);
    case 'clean':
      return isToBeDone(command)
        ? requestClean(command, ask, tools)
        : askForPlan(command, mine('clean'), ask, tools);
    case 'verify':
      return requestVerify(command, ask, tools);
    case 'monitor':
      return askForHealth(command.app, mine('monitor'), ask, tools);
    case 'schedule':
      return told(await scheduleAnswer(command, mine('schedule'), ask, tools));
    case 'mute':
    case 'unmute':
      return told(await muteAnswer(command, ask, tools));
    case 'digest':
      return askForDigest(mine('digest'), ask, tools);
    case 'status':
      return told(
        command.run === undefined
          ? await statusOf(mine('status'), tools, tools.clock())
          : await runDetails(command.run, tools),
      );
    case 'link':
      return told(await linkAnswer(command, ask, tools));
    case 'help':
      return told({
        kind: 'help',
        verbs: allowedVerbs(access, asker),
        apps: allowedApps(access, asker, 'help'),
        ...(command.topic && { topic: command.topic }),
      });
    case 'whoami': {
      const verbs = allowedVerbs(access, asker).map((verb) => ({
        verb,
        apps: allowedApps(access, asker, verb),
      }));
      return told({ kind: 'whoami', who: ask.from, where: addressName(ask.where), verbs });
    }
  }
}

/** Alone, and for a dry run, a clean only shows what it would do. */
function isToBeDone({ how, plan }: CleanCommand): boolean {
  return how === 'yes' || (how === undefined && plan !== undefined);
}

function told(report: Report): Answered {
  return { told: [report], pending: [] };
}
