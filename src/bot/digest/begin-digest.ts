import { toInstant } from '../../domain/instant.ts';
import { type Address, addressName, readAddress, type Who } from '../../domain/who.ts';
import { digests, questionsOf } from '../../queue/contracts.ts';
import type { State } from '../../state/state.ts';
import { isAlive } from '../status.ts';
import type { DigestTools } from './digest-tools.ts';
import { dueDigest } from './due.ts';
import {
  deadlineJob,
  type Gathering,
  gatheringKey,
  gatheringLifetimeInSeconds,
  recallGathering,
} from './gathering.ts';
import { type LastDigest, lastDigest } from './last-digest.ts';

const patienceInMs = 60_000;
const attempts = 20;

/** Begins the digest that is due in a place; nothing, when it was told or is on its way. @throws {QueueError} @throws {StateError} */
export async function beginDueDigest(place: string, tools: DigestTools): Promise<void> {
  const digest = tools.digests.find(({ to }) => to === place);
  if (digest === undefined) return; // No longer configured; this firing was on its way already.
  const last = await lastDigest(place, tools.state);
  const due = dueDigest(digest, last, tools.clock());
  if (due === undefined) return;

  const { from, late, dueAt } = due;
  await beginDigest(
    {
      id: `d.${place.replaceAll(':', '.')}.${dueAt.toMillis()}`,
      to: readAddress(place),
      from: toInstant(from),
      dueAt: toInstant(dueAt),
      late,
      zone: digest.zone,
      withPicture: digest.picture,
      before: last?.storage ?? {},
      apps: tools.apps.map(({ name }) => name),
      askedBy: { id: 'schedule:digest', groups: [] },
    },
    tools,
  );
}

/** For somebody who asks: what happened since the last digest, of this place if it has any; else in the last day. */
export async function beginAskedDigest(
  asked: {
    readonly id: string;
    readonly askedBy: Who;
    readonly to: Address;
    readonly apps: readonly string[];
  },
  tools: DigestTools,
): Promise<void> {
  const { id, askedBy, to, apps } = asked;
  const last = await lastOfAny([addressName(to), ...tools.digests.map((digest) => digest.to)], tools.state);
  await beginDigest(
    {
      id,
      to,
      from: last?.until ?? toInstant(tools.clock().minus({ days: 1 })),
      late: false,
      zone: tools.timezone,
      withPicture: true,
      before: last?.storage ?? {},
      apps: [...apps],
      askedBy,
    },
    tools,
  );
}

async function lastOfAny(places: readonly string[], state: State): Promise<LastDigest | undefined> {
  for (const place of places) {
    const last = await lastDigest(place, state);
    if (last !== undefined) return last;
  }
  return undefined;
}

type Wanted = Omit<Gathering, 'until' | 'groups'> & { readonly askedBy: Who };

/** Each step may come again after the death of a bot, and adds nothing then. */
async function beginDigest({ askedBy, ...wanted }: Wanted, tools: DigestTools): Promise<void> {
  const { queue, state, clock } = tools;
  const until = toInstant(clock());
  const mine: Gathering = { ...wanted, until, groups: await groupsToAsk(wanted.apps, tools) };
  const isMine = await state.claim(gatheringKey(mine.id), mine, gatheringLifetimeInSeconds);
  const { id, groups } = (isMine ? undefined : await recallGathering(mine.id, state)) ?? mine;

  for (const group of groups) {
    const apps = appsOf(group, wanted.apps, tools);
    const data = { question: { about: 'health' as const, apps }, askedBy, askedAt: until, gathering: id };
    await queue.add(questionsOf(group), { id: `${id}.${group}`, data });
  }
  const delayInMs = groups.length === 0 ? 0 : (tools.digestPatienceInMs ?? patienceInMs);
  const data = { step: 'finish' as const, gathering: id, now: true };
  await queue.add(digests, { id: deadlineJob(id), delayInMs, attempts, data });
}

async function groupsToAsk(wanted: readonly string[], { apps, state }: DigestTools): Promise<string[]> {
  const groups = [...new Set(apps.filter(({ name }) => wanted.includes(name)).map(({ runsOn }) => runsOn))];
  const alive = await Promise.all(groups.map((group) => isAlive(group, state)));
  return groups.filter((_, at) => alive[at]);
}

function appsOf(group: string, wanted: readonly string[], { apps }: DigestTools): string[] {
  const names = new Set(wanted);
  return apps.filter(({ name, runsOn }) => runsOn === group && names.has(name)).map(({ name }) => name);
}
