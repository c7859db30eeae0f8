import { z } from 'zod';
import { FileSelection } from '../archive/file-selection.ts';
import { FormatOptions } from '../archive/options.ts';
import { ChannelRule } from '../bot/channels.ts';
import { DigestRules } from '../bot/digest/digest-rule.ts';
import { ChatOptions } from '../chat/options.ts';
import { DatabaseOptions } from '../databases/options.ts';
import { DestinationOptions } from '../destinations/options.ts';
import { AccessRule } from '../domain/access-rule.ts';
import { AppName } from '../domain/backup.ts';
import { HealthOptions } from '../domain/health/registry.ts';
import { ConfiguredRetention } from '../domain/retention/registry.ts';
import { strict } from '../domain/strict.ts';
import { TimeZone } from '../domain/time-zone.ts';
import { HttpOptions } from '../ops/options.ts';
import { PingOptions } from '../ops/ping-options.ts';
import { StoreOptions } from '../store/options.ts';
import { inheritKeep } from './inherit-keep.ts';
import { AppSchedule } from './schedule.ts';

/** Plain, because people type it and queues are named after it. */
const PlainName = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'letters, digits, dots, dashes and underscores, beginning with a letter or digit',
  );

const App = strict({
  runsOn: PlainName.default('default').describe(
    'The group of workers that backs this app up: those started with --group of the same name.',
  ),
  files: FileSelection.optional().describe('Which files of the worker’s machine belong to the app.'),
  databases: z.array(DatabaseOptions).default([]).describe('The databases of the app.'),
  archive: FormatOptions.prefault({ format: 'zip' }).describe('What kind of archive a backup is.'),
  destinations: z
    .array(z.string())
    .min(1, 'Name at least one destination, or there is nowhere to store a backup.')
    .describe('Where its backups go, by name: to all of them at once.'),
  stallTimeout: z
    .number()
    .positive()
    .default(300)
    .describe(
      'How many seconds a destination may take no byte before it is given up, though one that keeps others waiting is left behind after half a minute; and a database may give none before the run is ended.',
    ),
  maxDuration: z
    .number()
    .positive()
    .max(7 * 24 * 3600)
    .default(6 * 3600)
    .describe('How many seconds a run may take before it is ended, and told as a failure.'),
  checkFreeSpace: z
    .boolean()
    .default(true)
    .describe(
      'Store nothing on a disk that has not 1.2 times the size of the last backup free, or of what there is to read when there is none.',
    ),
  schedule: AppSchedule.prefault({}).describe(
    'When it is backed up, cleaned and looked at without anybody asking.',
  ),
  pings: PingOptions.optional().describe(
    'Addresses that are asked for when a run begins and ends, for a watch outside: one by the convention of healthchecks.io, or "start", "success" and "fail".',
  ),
  monitor: HealthOptions.prefault({}).describe('What counts as healthy.'),
  watchOnly: z
    .boolean()
    .default(false)
    .describe(
      'Its backups are made elsewhere, and only looked at from here: no files, no databases, no runs.',
    ),
  keep: ConfiguredRetention.prefault({}).describe('Which of its backups stay when it is cleaned.'),
  keepAt: z
    .record(z.string(), ConfiguredRetention)
    .default({})
    .describe('What is different at single destinations, by name; what is left out there is as in "keep".'),
})
  .refine(({ files, databases, watchOnly }) => watchOnly || files !== undefined || databases.length > 0, {
    error: 'There is nothing to back up: add "files" or "databases".',
  })
  .refine(
    ({ files, databases, watchOnly }) => !watchOnly || (files === undefined && databases.length === 0),
    {
      error: 'An app with "watchOnly" is backed up elsewhere: leave "files" and "databases" out here.',
    },
  );

export const AppConfig = z.preprocess(inheritKeep, App);
export type AppConfig = z.infer<typeof AppConfig>;

/** What both processes read. */
const shared = {
  timezone: TimeZone.default('UTC').describe(
    'The IANA zone that times are shown in, such as Europe/Brussels.',
  ),
  queue: StoreOptions.prefault({}).describe('Where jobs wait between bot and workers.'),
  http: HttpOptions.optional().describe(
    'Where a process tells machines how it is: /healthz, /readyz, /metrics. Left out: nowhere.',
  ),
};

const bot = {
  chat: ChatOptions.prefault({}).describe('The chats the bot is in. The console is there in any case.'),
  access: z
    .array(AccessRule)
    .default([])
    .describe('Who may ask for what, where. With no rule nobody may do anything but on the console.'),
  channels: z.array(ChannelRule).default([]).describe('Where reports go that nobody asked for.'),
  alerts: strict({
    repeatEvery: z
      .number()
      .positive()
      .max(24 * 30)
      .default(24)
      .describe('After how many hours what is still wrong is told again.'),
  })
    .prefault({})
    .describe('How people hear what is wrong with the backups there are.'),
  digests: DigestRules.default([]).describe('Where and when everything is told at a glance.'),
};

const worker = {
  shutdownGrace: z
    .number()
    .nonnegative()
    .max(24 * 3600)
    .default(60)
    .describe(
      'How many seconds a worker that is told to stop goes on with a run it has in hand, before it hands it back to the queue.',
    ),
  destinations: z.record(PlainName, DestinationOptions).describe('The places that keep backups, by name.'),
  apps: z
    .record(AppName, AppConfig)
    .refine((apps) => Object.keys(apps).length > 0, 'Name at least one app.')
    .describe('What is backed up, by name: `/backup run <name>`.'),
};

/** The part of the file a bot reads: no storage and no database in it. */
export const BotConfig = strict({ ...shared, ...bot });

/** The part a worker reads: no chat in it. */
export const WorkerConfig = strict({ ...shared, ...worker });

/** The whole of `holdfast.yml`. */
export const Config = strict({ ...shared, ...worker, ...bot });
