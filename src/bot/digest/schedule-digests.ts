import { type DigestJob, digests } from '../../queue/contracts.ts';
import type { Queue, Scheduled } from '../../queue/queue.ts';
import type { PlannedDigest } from './digest-rule.ts';
import type { DigestTools } from './digest-tools.ts';
import { dueDigest } from './due.ts';
import { lastDigest } from './last-digest.ts';

/** What a firing asks for is tried for hours. */
const attempts = 20;

/**
 * Puts the digests that are configured into the queue, takes out what is not, and leaves alone what is as it should be:
 * to replace a schedule is to forget a firing that nobody has taken yet. Then begins those that should have been told
 * while nobody was there. Several processes may do it at once. @throws {QueueError} @throws {StateError}
 */
export async function scheduleDigests(tools: DigestTools): Promise<void> {
  const { queue, digests: planned } = tools;
  const there = await queue.schedules(digests);
  const stale = there.filter(({ key }) => planned.every((digest) => keyOf(digest) !== key));
  for (const { key } of stale) await queue.unschedule(digests, key);

  for (const digest of planned) {
    const known = there.find(({ key }) => key === keyOf(digest));
    if (known === undefined || !isAsPlanned(known, digest)) await put(digest, queue);
    await catchUp(digest, tools);
  }
}

/** Neither a key nor a job may hold a colon. */
function keyOf({ to }: PlannedDigest): string {
  return to.replaceAll(':', '.');
}

function isAsPlanned(known: Scheduled<DigestJob>, { to, cron, zone }: PlannedDigest): boolean {
  if (known.isTooLate) return false;
  return (
    known.cron === cron && known.zone === zone && known.data?.step === 'begin' && known.data.place === to
  );
}

async function put(digest: PlannedDigest, queue: Queue): Promise<void> {
  const { cron, zone, to } = digest;
  await queue.schedule(digests, keyOf(digest), { cron, zone, attempts, data: { step: 'begin', place: to } });
}

/** Only where there was a digest before: whoever has just configured one waits for the first. */
async function catchUp(digest: PlannedDigest, { queue, state, clock }: DigestTools): Promise<void> {
  const last = await lastDigest(digest.to, state);
  const due = last && dueDigest(digest, last, clock());
  if (due === undefined) return;
  const id = `begin.${keyOf(digest)}.${due.dueAt.toMillis()}`;
  await queue.add(digests, { id, attempts, data: { step: 'begin', place: digest.to } });
}
