import type { Destination } from '../src/destinations/destination.ts';
import { type Backup, newestFirst } from '../src/domain/backup.ts';
import { toInstant } from '../src/domain/instant.ts';
import type { Holding, ReportOf } from '../src/domain/report.ts';
import { verificationOf } from '../src/domain/verification.ts';
import type { VerifyMemory } from '../src/domain/verify-memory.ts';
import type { App } from './app.ts';
import { straysBeside } from './strays.ts';
import type { Tools } from './tools.ts';
import { unreachable } from './unreachable.ts';
import { recallVerified } from './verify/memory.ts';

type ListTools = Pick<Tools, 'state' | 'clock'>;

/** What every destination of `apps` holds, read from the destinations. One that cannot be reached is a row that says so. */
export async function listOverview(
  apps: readonly App[],
  tools: ListTools & Pick<Tools, 'group' | 'apps' | 'knownApps'>,
): Promise<ReportOf<'overview'>> {
  const pairs = apps.flatMap((app) => app.destinations.map((destination) => ({ app, destination })));
  const holdings = await Promise.all(
    pairs.map(({ app, destination }) => holdingOf(app.name, destination, tools)),
  );
  const strays = await straysBeside(apps, tools);
  return { kind: 'overview', group: tools.group, at: toInstant(tools.clock()), holdings, ...strays };
}

async function holdingOf(app: string, destination: Destination, tools: ListTools): Promise<Holding> {
  const memory = await recallVerified(app, destination.name, tools);
  try {
    const backups = newestFirst(await destination.list(app));
    const totalInBytes = backups.reduce((total, { sizeInBytes }) => total + sizeInBytes, 0);
    const newest = backups[0] && { newest: listed(backups[0], memory) };
    const verification = verificationOf(backups.map(({ key }) => memory[key]?.last));
    return {
      reachable: true,
      app,
      destination: destination.name,
      count: backups.length,
      totalInBytes,
      ...newest,
      ...(verification && { verification }),
    };
  } catch (thrown) {
    return { app, ...unreachable(destination.name, thrown) };
  }
}

/** The single backups of one app, newest first, destination by destination. */
export async function listBackups(app: App, tools: ListTools): Promise<ReportOf<'backups'>> {
  const destinations = await Promise.all(app.destinations.map(backupsAt(app.name, tools)));
  return { kind: 'backups', app: app.name, at: toInstant(tools.clock()), destinations };
}

function backupsAt(app: string, tools: ListTools) {
  return async (destination: Destination): Promise<ReportOf<'backups'>['destinations'][number]> => {
    const memory = await recallVerified(app, destination.name, tools);
    try {
      const backups = newestFirst(await destination.list(app)).map((backup) => listed(backup, memory));
      return { reachable: true, destination: destination.name, backups };
    } catch (thrown) {
      return unreachable(destination.name, thrown);
    }
  };
}

function listed({ key, kind, takenAt, sizeInBytes }: Backup, memory: VerifyMemory) {
  const last = memory[key]?.last;
  return { key, backup: kind, takenAt: toInstant(takenAt), sizeInBytes, ...(last && { last }) };
}
