import { z } from 'zod';
import { Port } from '../../domain/port.ts';
import { strict } from '../../domain/strict.ts';
import { DumpName, dumpFileName } from '../file-name.ts';

/** How to check who the server is; paths of PEM files. */
const MysqlTls = strict({
  ca: z
    .string()
    .optional()
    .describe('The certificate authority that signed the server, where the system does not know it.'),
  cert: z.string().optional().describe('The certificate this client shows, where the server asks for one.'),
  key: z.string().optional().describe('The key of that certificate.'),
  rejectUnauthorized: z
    .boolean()
    .default(true)
    .describe(
      'Say false to talk to a server whose certificate cannot be checked: encrypted, but with whom is not known.',
    ),
});

const TableNames = z.array(z.string().min(1)).default([]);

// A dump that goes elsewhere, or has no end marker, or shows the password, would be none.
const unfitting =
  /^(-[rTpXABV?]|--(result-file|tab|password|pass|xml|all-databases|databases|compact|skip-comments|comments|defaults|no-defaults|login-path|print-defaults|help|version|skip-dump|lines-|fields-))/;

const ExtraArgument = z
  .string()
  .refine(
    (argument) => argument.startsWith('-'),
    'An argument begins with "-": write "--option=value" as one.',
  )
  .refine(
    (argument) => !unfitting.test(argument),
    'This argument would spoil the dump, or show its password.',
  );

export const MysqlOptions = strict({
  driver: z.literal('mysql'),
  host: z.string().min(1).default('127.0.0.1'),
  port: Port.default(3306),
  socket: z.string().min(1).optional().describe('A unix socket, instead of host and port.'),
  user: z
    .string()
    .min(1)
    .describe(
      'Needs SELECT, SHOW VIEW, TRIGGER, EVENT, and the right to read routines. `holdfast check --group` says which GRANT is missing.',
    ),
  password: z.string().default(''),
  database: z.string().min(1),
  name: DumpName.optional().describe(
    "What the dump is called in the archive. Left out: the database's name.",
  ),
  includeTables: TableNames.describe('Dump only these tables and views. Left out: all.'),
  excludeTables: TableNames.describe('Dump all but these tables and views.'),
  schemaOnlyTables: TableNames.describe('Dump these tables without their rows: caches, sessions.'),
  extraArguments: z
    .array(ExtraArgument)
    .default([])
    .describe('More arguments for mariadb-dump or mysqldump, "--option=value" each.'),
  tls: z
    .union([z.boolean(), MysqlTls])
    .default(false)
    .describe('true: encrypted, the server checked against the authorities the system trusts.'),
  dumper: z
    .enum(['auto', 'client', 'embedded'])
    .default('auto')
    .describe(
      'client: mariadb-dump or mysqldump. embedded: the npm package mysqldump, for small plain databases. auto: the client where there is one.',
    ),
  binaryPath: z
    .string()
    .min(1)
    .optional()
    .describe('The folder of mariadb-dump or mysqldump, or the program itself. Left out: found on the PATH.'),
  connectTimeout: z
    .number()
    .positive()
    .max(3600)
    .default(10)
    .describe('How many seconds the server may take to answer.'),
})
  .refine((options) => options.includeTables.length === 0 || options.excludeTables.length === 0, {
    path: ['excludeTables'],
    message: 'Either "includeTables" or "excludeTables", not both.',
  })
  .refine((options) => options.dumper !== 'embedded' || options.extraArguments.length === 0, {
    path: ['extraArguments'],
    message: 'The embedded dumper takes no arguments.',
  });
export type MysqlOptions = z.infer<typeof MysqlOptions>;

/** `shop on 127.0.0.1`, for messages. */
export function whereIs({ database, host, port, socket }: MysqlOptions): string {
  return `${database} on ${socket ?? (port === 3306 ? host : `${host}:${port}`)}`;
}

export function fileNameOf({ name, database }: MysqlOptions): string {
  return dumpFileName('mysql', name ?? database, 'sql');
}
