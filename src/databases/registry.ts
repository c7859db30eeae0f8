import { z } from 'zod';
import type { Dumper } from './dumper.ts';
import { mysqlDumper } from './mysql/mysql.ts';
import { MysqlOptions } from './mysql/options.ts';
import { SqliteOptions, sqliteDumper } from './sqlite.ts';

/** Every kind of database the configuration can name. */
export const DatabaseOptions = z.discriminatedUnion('driver', [MysqlOptions, SqliteOptions]);
export type DatabaseOptions = z.infer<typeof DatabaseOptions>;

export function openDumper(options: DatabaseOptions): Dumper {
  switch (options.driver) {
    case 'mysql':
      return mysqlDumper(options);
    case 'sqlite':
      return sqliteDumper(options);
  }
}
