import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { HandedBack } from '../../src/queue/queue.ts';
import type { App } from '../app.ts';
import type { Tools, WorkerId } from '../tools.ts';

/*
 * Which worker has an app in its configuration. Two workers of one group may have files that differ: one was forgotten when the file was
 * changed. The one that was started last has the newer file, and neither undoes what the other does.
 */

/** Renewed every minute, with the schedules. */
const lifetimeInSeconds = 180;

const Holder = z.object({ worker: z.string(), since: z.string(), group: z.string(), schedules: z.string() });
export type Holder = z.infer<typeof Holder>;

export type HolderTools = Pick<Tools, 'group' | 'state'> & { readonly worker?: WorkerId };

/** A worker that knows of no others. */
const alone: WorkerId = { id: 'alone', since: '' };

/** Who has the app, when that is another worker. @throws {StateError} */
export async function otherHolder(
  app: string,
  { state, worker = alone }: HolderTools,
): Promise<Holder | undefined> {
  const found = Holder.safeParse(await state.recall(keyOf(app)));
  return found.success && found.data.worker !== worker.id ? found.data : undefined;
}

/** What has it now, and is newer than this worker and differs from it. @throws {StateError} */
export async function newerHolder(app: App, tools: HolderTools): Promise<Holder | undefined> {
  const { worker = alone, group } = tools;
  const other = await otherHolder(app.name, tools);
  if (other === undefined || other.since <= worker.since) return undefined;
  return other.group === group && other.schedules === schedulesOf(app) ? undefined : other;
}

/** @throws {StateError} */
export async function hold(app: App, tools: HolderTools): Promise<void> {
  await tools.state.remember(keyOf(app.name), holding(app, tools), lifetimeInSeconds);
}

/** Where this cannot be said it is over soon by itself. */
export async function letGo(apps: Iterable<App>, tools: HolderTools): Promise<void> {
  const released = [...apps].map((app) => tools.state.release(keyOf(app.name), holding(app, tools)));
  await Promise.allSettled(released);
}

const pauseInMs = 5_000;

/**
 * Leaves a job to the worker of this group whose configuration has its app, when this one's has not.
 * @throws {HandedBack} @throws {StateError}
 */
export async function leaveToHolder(
  app: string,
  signal: AbortSignal,
  tools: HolderTools & Pick<Tools, 'apps'>,
): Promise<void> {
  if (tools.apps.has(app) || (await otherHolder(app, tools))?.group !== tools.group) return;
  await pause(pauseInMs, undefined, { signal }).catch(() => undefined); // The job is handed back in any case.
  throw new HandedBack(`Another worker of group "${tools.group}" has ${app} in its configuration.`);
}

function holding(app: App, { worker = alone, group }: HolderTools): Holder {
  return { worker: worker.id, since: worker.since, group, schedules: schedulesOf(app) };
}

function schedulesOf({ chores }: App): string {
  return createHash('sha256').update(JSON.stringify(chores)).digest('base64url');
}

function keyOf(app: string): string {
  return `holder.${app}`;
}
