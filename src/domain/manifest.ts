import { z } from 'zod';
import { AppName, BackupKind } from './backup.ts';
import { Instant } from './instant.ts';

/** How many of each kind a database, or a dump of it, has. */
export const DatabaseObjects = z.object({
  tables: z.int().nonnegative(),
  views: z.int().nonnegative(),
  sequences: z.int().nonnegative(),
  routines: z.int().nonnegative(),
  triggers: z.int().nonnegative(),
  events: z.int().nonnegative(),
});
export type DatabaseObjects = z.infer<typeof DatabaseObjects>;

/** One database inside an archive. */
export const DumpFacts = z.object({
  /** The entry that holds it: `databases/mysql-shop.sql`. */
  entry: z.string(),
  driver: z.string(),
  /** What wrote it, with its version: `mariadb-dump 10.11.6`, `npm mysqldump 3.2.0`. */
  program: z.string(),
  /** The server's own words for its version, where it has one. */
  server: z.string().optional(),
  database: z.string(),
  /** Before compression. */
  sizeInBytes: z.int().nonnegative(),
  tables: z.array(z.object({ name: z.string(), rows: z.int().nonnegative().optional() })),
  /** What of the database was asked for, in the words of the configuration; dumps of different selections cannot be compared. */
  selection: z.string().optional(),
  /** What the database gives new tables, with its character set: `utf8mb4_unicode_ci`. The dump itself does not say. */
  collation: z.string().optional(),
  /** What the dump makes where it is loaded. */
  objects: DatabaseObjects.optional(),
  /** Whoever loads it has to let statements of this size through. */
  longestStatementInBytes: z.int().nonnegative().optional(),
  /** What names the database it is of: `trigger touch`. Loaded under another name it still uses that one. */
  tiedToName: z.array(z.string()).optional(),
  /** The users whose rights views, routines, triggers and events run with: `shop@localhost`. They have to be there where it is loaded. */
  definers: z.array(z.string()).optional(),
});
export type DumpFacts = z.infer<typeof DumpFacts>;

/**
 * What an archive holds, written beside it as `….manifest.json` once the archive is complete and checked.
 * An archive without one is told apart from a backup that can be trusted. Fields are only ever added.
 */
export const Manifest = z.object({
  version: z.literal(1),
  runId: z.string(),
  app: AppName,
  kind: BackupKind,
  startedAt: Instant,
  finishedAt: Instant,
  /** The machine that read the data. */
  host: z.string(),
  archive: z.object({
    key: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    sizeInBytes: z.int().nonnegative(),
    /** Entries of the archive: files, folders, links and dumps. */
    entries: z.int().nonnegative(),
    /** What went in, before compression. */
    contentInBytes: z.int().nonnegative(),
  }),
  dumps: z.array(DumpFacts),
  /** What was left out or changed while it was read, in sentences. */
  warnings: z.array(z.string()),
  /** Why this copy could not be compared with what was sent when it was stored, a sentence; left out when it was. */
  notCompared: z.string().optional(),
});
export type Manifest = z.infer<typeof Manifest>;
