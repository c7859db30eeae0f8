import { DateTime } from 'luxon';
import type { AppFacts, Found } from '../../domain/digest/digest-facts.ts';
import { isPausedAt, pauseKey, readPause } from '../../domain/firing.ts';
import { type Instant, toInstant } from '../../domain/instant.ts';
import type { KnownApp } from '../../domain/known-app.ts';
import { readRunRecords, runRecordsKey } from '../../domain/run-record.ts';
import { firingsOf } from '../../queue/contracts.ts';
import { mutesNow } from '../health/alerting.ts';
import type { DigestTools } from './digest-tools.ts';
import type { Gathering } from './gathering.ts';
import type { LastDigest } from './last-digest.ts';

/** Puts together what is known of each app of a digest. @throws {QueueError} @throws {StateError} */
export async function gatherFacts(
  gathering: Gathering,
  found: ReadonlyMap<string, Found>,
  tools: DigestTools,
): Promise<AppFacts[]> {
  const { apps, state, clock } = tools;
  const wanted = new Set(gathering.apps);
  const mutes = new Map((await mutesNow(clock(), state)).map((mute) => [mute.app, mute]));
  const nextRuns = await nextRunsOf(tools);

  async function factsOf({ name, runsOn }: KnownApp): Promise<AppFacts> {
    const [runs, pause] = await Promise.all([
      state.entries(runRecordsKey(name)),
      state.recall(pauseKey(name)),
    ]);
    return {
      app: name,
      group: runsOn,
      runs: readRunRecords(runs),
      ...known('found', found.get(name)),
      ...known('before', gathering.before[name]),
      ...known('nextRunAt', isPausedAt(readPause(pause), clock()) ? undefined : nextRuns.get(name)),
      ...known('muted', mutes.get(name)),
    };
  }

  return Promise.all(apps.filter(({ name }) => wanted.has(name)).map(factsOf));
}

/** What the destinations of each app hold, for the next digest to compare with; as before where it is unknown now. */
export function storageIn(apps: readonly AppFacts[]): LastDigest['storage'] {
  return Object.fromEntries(
    apps.map(({ app, found, before = {} }) => {
      const reached = (found?.places ?? []).filter((place) => place.reachable);
      const now = reached.map(({ destination, totalInBytes }) => [destination, totalInBytes]);
      return [app, { ...before, ...Object.fromEntries(now) }];
    }),
  );
}

async function nextRunsOf({ apps, queue }: DigestTools): Promise<Map<string, Instant>> {
  const groups = [...new Set(apps.map(({ runsOn }) => runsOn))];
  const scheduled = await Promise.all(groups.map((group) => queue.schedules(firingsOf(group))));
  const firings = scheduled.flat().flatMap(({ data, nextAt }) => {
    if (data?.chore !== 'run' || nextAt === undefined) return [];
    const at = DateTime.fromJSDate(nextAt).plus({ seconds: data.delayInSeconds });
    return [[data.app, toInstant(at)] as const];
  });
  return new Map(firings);
}

/** A key for what is known; none for what is not. */
function known<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value }); // A computed key is typed as any text.
}
