import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { FileSelection } from '../../src/archive/file-selection.ts';
import { openFormat } from '../../src/archive/registry.ts';
import type { Destination } from '../../src/destinations/destination.ts';
import { openDestination } from '../../src/destinations/registry.ts';
import { HealthOptions } from '../../src/domain/health/registry.ts';
import { ConfiguredRetention } from '../../src/domain/retention/registry.ts';
import type { App, Retention } from '../../workers/app.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface Shop extends App {
  /** Where its files are. */
  readonly source: string;
}

/** A small app with real files that goes to these destinations; left out: to a new folder called `disk`. */
export function shop(destinations: readonly Destination[] = [disk('disk')], name = 'shop'): Shop {
  const source = temporaryFolder();
  mkdirSync(join(source, 'photos'));
  writeFileSync(join(source, 'index.html'), '<h1>Shop</h1>');
  writeFileSync(join(source, 'photos', 'café ☕.txt'), 'a photo, really');
  const files = FileSelection.parse({ include: [source], relativeTo: source });
  return {
    ...{ name, source, files, dumpers: [], destinations, retention: keeping({}) },
    archive: openFormat({ format: 'zip', compression: { level: 6 }, threads: 2 }),
    ...{
      zone: 'UTC',
      health: HealthOptions.parse({}),
      chores: {},
      stallTimeoutInMs: 60_000,
      maxDurationInMs: 600_000,
      checkFreeSpace: true,
    },
  };
}

/** What the configuration would make of this `keep`, with days that begin in UTC. */
function keeping(keep: z.input<typeof ConfiguredRetention>): Retention {
  const policy = ConfiguredRetention.parse(keep);
  return { zone: 'UTC', policyAt: () => policy };
}

/** A real destination in a new folder, gone with the test. */
export function disk(name: string, path = temporaryFolder()): Destination & { readonly folder: string } {
  return { ...openDestination(name, { driver: 'local', path, createFolder: true }), folder: path };
}
