import { z } from 'zod';
import { DatabaseError } from '../../dumper.ts';
import type { Session } from '../connect.ts';
import type { MysqlOptions } from '../options.ts';
import type { Survey } from '../survey.ts';
import { missingRights } from './missing-rights.ts';
import { readGrant } from './read-grant.ts';
import type { Rights } from './rights.ts';

/** @throws {DatabaseError} when the server would hide something from this user that belongs into its dump. */
export async function refuseHidden(session: Session, options: MysqlOptions, survey: Survey): Promise<void> {
  const [user] = await session.rows(z.object({ account: z.string() }), 'SELECT CURRENT_USER() AS account');
  const account = user?.account ?? options.user;
  if (withoutGrants.has(account)) return;

  const routines = await session.rows(Routine, listRoutines, [options.database]);
  const missing = missingRights({ options, survey, account, routines }, await readRights(session, survey));
  if (missing !== undefined) throw new DatabaseError(missing);
}

/** Who one is on a server that was started with `--skip-grant-tables`, where everybody may do everything. */
const withoutGrants: ReadonlySet<string> = new Set(['@', 'skip-grants user@skip-grants host']);

const Routine = z.object({ name: z.string(), isReadable: z.coerce.boolean() });

const listRoutines = `SELECT ROUTINE_NAME AS name, ROUTINE_DEFINITION IS NOT NULL AS isReadable
  FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ?`;

/** Both families list what roles that are in force give, too; MariaDB also what PUBLIC has. */
async function readRights(session: Session, { settings }: Survey): Promise<Rights> {
  const lines = await session.rows(z.record(z.string(), z.string()), 'SHOW GRANTS');
  return {
    grants: lines.flatMap((line) => Object.values(line).flatMap((words) => readGrant(words) ?? [])),
    ignoresCase: settings.lowerCaseTableNames > 0,
    isLiteral: settings.partialRevokes,
  };
}
