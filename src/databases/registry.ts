import type { Dumper } from './dumper.ts';
import { mysqlDumper } from './mysql/mysql.ts';
import type { DatabaseOptions } from './options.ts';
import { sqliteDumper } from './sqlite.ts';

export function openDumper(options: DatabaseOptions): Dumper {
  switch (options.driver) {
    case 'mysql':
      return mysqlDumper(options);
    case 'sqlite':
      return sqliteDumper(options);
  }
}
