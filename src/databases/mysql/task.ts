import type { Choice } from './choose-tables.ts';
import type { Contents } from './contents.ts';
import type { MysqlOptions } from './options.ts';
import type { Survey } from './survey.ts';

/** A dump that is about to be made. */
export interface Task {
  readonly options: MysqlOptions;
  readonly survey: Survey;
  readonly choice: Choice;
  readonly contents: Contents;
}
