import { makeDigest } from '../../domain/digest/make-digest.ts';
import { fromInstant } from '../../domain/instant.ts';
import { Report } from '../../domain/report.ts';
import { addressName } from '../../domain/who.ts';
import { digests } from '../../queue/contracts.ts';
import type { State } from '../../state/state.ts';
import { send } from '../send.ts';
import { gatherFacts, storageIn } from './app-facts.ts';
import type { DigestTools } from './digest-tools.ts';
import { foundIn } from './found-in.ts';
import { answerKey, deadlineJob, type Gathering, gatheringKey, recallGathering } from './gathering.ts';
import { rememberDigest } from './last-digest.ts';

/**
 * Tells a digest once every group that was asked has answered, or `now` with what there is. Whoever else does the same at
 * the same time sends the same message, which is delivered once. @throws {QueueError} @throws {StateError}
 */
export async function finishDigest(
  id: string,
  { now }: { readonly now: boolean },
  tools: DigestTools,
): Promise<void> {
  const { queue, state } = tools;
  const gathering = await recallGathering(id, state);
  if (gathering === undefined) return; // Told already.
  const answers = await answersTo(gathering, state);
  if (answers.size < gathering.groups.length && !now) return;

  const found = new Map([...answers.values()].flatMap(foundIn));
  const apps = await gatherFacts(gathering, found, tools);
  const { from, until, dueAt, late, zone, withPicture, to } = gathering;
  const window = {
    from: fromInstant(from),
    to: fromInstant(until),
    late,
    ...(dueAt !== undefined && { dueAt }),
  };
  await send(
    {
      jobId: id,
      report: makeDigest({ ...window, zone, withPicture, apps, troubles: troublesIn(answers) }),
      to,
    },
    queue,
  );

  if (dueAt !== undefined)
    await rememberDigest(addressName(to), { dueAt, until, storage: storageIn(apps) }, state);
  await state.forget(gatheringKey(id));
  await queue.withdraw(digests, deadlineJob(id));
}

/** By worker group. */
async function answersTo({ id, groups }: Gathering, state: State): Promise<Map<string, Report>> {
  const answers = await Promise.all(
    groups.map(async (group) => ({ group, ...Report.safeParse(await state.recall(answerKey(id, group))) })),
  );
  return new Map(answers.flatMap(({ group, data }) => (data === undefined ? [] : [[group, data]])));
}

function troublesIn(answers: ReadonlyMap<string, Report>): Map<string, string> {
  return new Map(
    [...answers].flatMap(([group, report]) => (report.kind === 'trouble' ? [[group, report.reason]] : [])),
  );
}
