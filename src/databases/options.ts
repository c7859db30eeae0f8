import { z } from 'zod';
import { MysqlOptions, fileNameOf as mysqlFileName } from './mysql/options.ts';
import { SqliteOptions, fileNameOf as sqliteFileName } from './sqlite/options.ts';

/** Every kind of database the configuration can name. */
export const DatabaseOptions = z.discriminatedUnion('driver', [MysqlOptions, SqliteOptions]);
export type DatabaseOptions = z.infer<typeof DatabaseOptions>;

/** What its dump is called in the archive. */
export function dumpFileNameOf(options: DatabaseOptions): string {
  switch (options.driver) {
    case 'mysql':
      return mysqlFileName(options);
    case 'sqlite':
      return sqliteFileName(options);
  }
}
