import type { Destination } from '../src/destinations/destination.ts';
import { newestFirst } from '../src/domain/backup.ts';
import { limitsAt } from '../src/domain/health/registry.ts';
import { toInstant } from '../src/domain/instant.ts';
import type { ReportOf } from '../src/domain/report.ts';
import type { App } from './app.ts';
import { holdingOf, listed } from './holding-of.ts';
import { type Found, takeInventory } from './inventory.ts';
import { straysBeside } from './strays.ts';
import type { Tools } from './tools.ts';

type ListTools = Pick<Tools, 'state' | 'clock'>;

/** What every destination of `apps` holds, read from the destinations. One that cannot be reached is a row that says so. */
export async function listOverview(
  apps: readonly App[],
  tools: ListTools & Pick<Tools, 'group' | 'apps' | 'knownApps'>,
): Promise<ReportOf<'overview'>> {
  const pairs = apps.flatMap((app) => app.destinations.map((destination) => ({ app, destination })));
  const holdings = await Promise.all(
    pairs.map(async ({ app, destination }) => {
      const limits = limitsAt(app.health, app.retention.policyAt(destination.name));
      return holdingOf(app, await takeInventory(app.name, destination, tools), limits);
    }),
  );
  const strays = await straysBeside(apps, tools);
  return { kind: 'overview', group: tools.group, at: toInstant(tools.clock()), holdings, ...strays };
}

/** The single backups of one app, newest first, destination by destination. */
export async function listBackups(app: App, tools: ListTools): Promise<ReportOf<'backups'>> {
  const destinations = await Promise.all(app.destinations.map((each) => backupsAt(app.name, each, tools)));
  return { kind: 'backups', app: app.name, at: toInstant(tools.clock()), destinations };
}

async function backupsAt(
  app: string,
  destination: Destination,
  tools: ListTools,
): Promise<ReportOf<'backups'>['destinations'][number]> {
  const inventory = await takeInventory(app, destination, tools);
  if (!inventory.reachable) return inventory;
  const backups = newestFirst(inventory.backups).map((backup) => ({ ...listed(backup), ...doubtOf(backup) }));
  return { reachable: true, destination: destination.name, backups };
}

/** Why no clean counts it, where that is so. */
function doubtOf({ hasManifest, doubt }: Found): { readonly doubt?: string } {
  if (!hasManifest) return { doubt: 'has no manifest: its run goes on, or broke off' };
  return doubt === undefined ? {} : { doubt };
}
